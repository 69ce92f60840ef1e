//! The judges of particulars are those that their manifests tell of.

use sha2::{Digest, Sha256};

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn each_judge_is_the_one_its_manifest_names() {
    let judges: [(&str, &[u8]); 3] = [
        (
            include_str!("../data/names.toml"),
            include_bytes!("../data/names.model"),
        ),
        (
            include_str!("../data/codes.toml"),
            include_bytes!("../data/codes.model"),
        ),
        (
            include_str!("../data/amounts.toml"),
            include_bytes!("../data/amounts.model"),
        ),
    ];
    for (manifest, model) in judges {
        assert!(
            manifest.contains(&format!("sha256 = \"{}\"", hex(model))),
            "{manifest}"
        );
        assert!(
            manifest.contains(&format!("bytes = {}\n", model.len())),
            "{manifest}"
        );
    }
}
