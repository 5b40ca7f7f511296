# Two commands do everything on a fresh Debian 12 or 13 with cargo: make run, make test.

.DEFAULT_GOAL := help
.PHONY: help run test wall-test chaos stories bench pictures install deb release

help:
	@echo 'make run      install what is missing, build, open the built-in show (pictures where there is no display)'
	@echo 'make test     install what tests need, then format, lints and every test'
	@echo 'make wall-test  try it under Debian 13 compositors whose screen goes, hangs or dies (root)'
	@echo 'make chaos    leave a wall to stops, kills, cuts and clock steps; MINUTES=60'
	@echo 'make stories  play what people do with the hub in a browser'
	@echo 'make bench    measure'
	@echo 'make pictures draw the contact sheets of the README again'
	@echo 'make deb      a Debian package of it in target/debian; ARCH=arm64 for a Raspberry Pi'
	@echo 'make release  both packages, checksums, notes'
	@echo 'make install  put the program and its units on this machine, for a screen on the wall'

run:
	@scripts/run.sh

test:
	@scripts/test.sh

wall-test:
	@scripts/wall_test.sh

chaos:
	@scripts/chaos.sh $(MINUTES)

stories:
	@scripts/stories.sh

bench:
	cargo bench --locked

pictures:
	@scripts/pictures.sh

install:
	@scripts/install.sh

deb:
	@scripts/deb.sh

release:
	@scripts/release.sh
