//! The most memory that an example held, as the system counts it.

/// The peak of the resident memory in words; Linux alone tells it.
pub fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kilobytes.map_or_else(
        || "peak memory not told by this system".to_owned(),
        |kilobytes| format!("peak memory {} MB", kilobytes / 1_024),
    )
}
