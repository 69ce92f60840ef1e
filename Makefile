.PHONY: run test bench

run:
	cargo xtask run

test:
	cargo xtask ci

bench:
	cargo xtask bench
