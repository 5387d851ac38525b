# The targets that check: tests, conformance, mutants, walls, format, measurements. Included by the Makefile.

.PHONY: test
test: setup ## set up, build with sanitizers, run everything; ends with `N passed, N failed`
	@scripts/setup check
	@$(MAKE) --no-print-directory -j2 programs libraries build/release/locale_host build/release/growth_host
	@$(MAKE) --no-print-directory -j2 VARIANT=asan programs test-programs
	@$(MAKE) --no-print-directory -j2 VARIANT=tsan build/tsan/test_mock_server build/tsan/cancelcheck build/tsan/cancelorder
	@scripts/test

.PHONY: conformance
conformance: setup ## set up, build, judge the reference client against the mock for all providers
	@$(MAKE) --no-print-directory -j2 programs
	@build/cancelcheck --client 'build/cancelorder adapter'

.PHONY: mutants
mutants: setup ## break the reference client in every declared way and print which check notices
	@$(MAKE) --no-print-directory -j2 programs
	@conformance/proof/mutants --matrix

.PHONY: walls
walls: setup ## check the walls between the rooms
	@$(MAKE) --no-print-directory -j2 programs
	@scripts/check-walls

.PHONY: bench
bench: setup ## measure start, memory, sessions, a million orders, and cancels per second beside nginx
	@scripts/setup bench
	@$(MAKE) --no-print-directory -j2 programs
	@python3 scripts/bench

.PHONY: format
format: ## lay out the C sources as .clang-format says
	@scripts/setup format
	@find mock_server conformance clients -name '*.[ch]' | xargs clang-format -i

.PHONY: check-format
check-format: ## tell which C sources .clang-format would change
	@scripts/setup format
	@find mock_server conformance clients -name '*.[ch]' | xargs clang-format --dry-run -Werror

.PHONY: help
help: ## list the targets
	@echo 'Targets:'
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)$$/  \1 \t\2/p' Makefile scripts/checks.mk | expand -t 18 | LC_ALL=C sort
	@echo 'Variables: VARIANT=release|debug|asan|tsan  V=1 shows the commands  CC=clang'
