# Outbreak detection by R's surveillance on the series it ships: each week's expectation and bound as one line of JSON,
# for `cargo run -p tingsu-insight --example beside_r`, which computes the same and compares.
suppressMessages(library(surveillance))
data(salmonella.agona)
series <- disProg2sts(salmonella.agona)
counts <- as.integer(observed(series))
cat(sprintf('{"version": "%s", "counts": [%s]}\n', packageVersion("surveillance"), paste(counts, collapse = ", ")))

weeks <- 282:312
settings <- list(range = weeks, noPeriods = 10, b = 4, w = 3, reweight = TRUE, weightsThreshold = 2.58,
                 pastWeeksNotIncluded = 26, pThresholdTrend = 1, trend = TRUE, alpha = 0.01,
                 thresholdMethod = "nbPlugin", limit54 = c(0, 4))
found <- farringtonFlexible(series, settings)
bounds <- as.numeric(upperbound(found))
means <- as.numeric(found@control$expected)
for (place in seq_along(weeks)) {
  cat(sprintf('{"method": "noufaily", "week": %d, "expected": %.10g, "upper": %.10g}\n',
              weeks[place], means[place], bounds[place]))
}

weeks <- 20:length(counts)
for (rule in 1:2) {
  found <- earsC(series, control = list(range = weeks, method = paste0("C", rule)))
  bounds <- as.numeric(upperbound(found))
  for (place in seq_along(weeks)) {
    cat(sprintf('{"method": "ears-c%d", "week": %d, "upper": %.10g}\n', rule, weeks[place], bounds[place]))
  }
}
