# Builds the three programs, their variants and every check of the project. `make help` lists the targets.
#
# One variant is one set of flags with a folder of its own: objects never mix. The release variant leaves its
# programs directly below build/; `make VARIANT=asan programs` leaves them below build/asan/.

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

VARIANT ?= release
CC ?= cc
ifeq ($(origin CC),default)
CC := cc
endif
V ?= 0
ifeq ($(V),0)
say = @printf '  %-8s %s\n' "$(1)" "$(2)";
endif

version := $(shell sed -n 's/^## \([0-9][0-9.]*\).*/\1/p' CHANGELOG.md | head -n 1)

objects_dir := build/$(VARIANT)/objects
programs_dir := $(if $(filter release,$(VARIANT)),build,build/$(VARIANT))

warnings := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
            -Wold-style-definition -Wwrite-strings -Wcast-qual -Wundef -Wvla -Wformat=2 -Wswitch-enum -Wno-missing-field-initializers
flags_release := -O2 -g -DNDEBUG
flags_asan := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -Werror
flags_tsan := -O1 -g -fno-omit-frame-pointer -fsanitize=thread -Werror
flags_debug := -O0 -g3 -Werror
ifeq ($(flags_$(VARIANT)),)
$(error unknown VARIANT=$(VARIANT): use release, debug, asan or tsan)
endif

ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -DPROJECT_VERSION='"$(version)"' -pthread $(warnings) $(flags_$(VARIANT)) $(CFLAGS)
ALL_LDFLAGS = -pthread $(filter -fsanitize=% -g,$(flags_$(VARIANT))) $(LDFLAGS)

find_sources = $(sort $(shell find $(1) -name '*.c' -not -path '*/tests/*' -not -path '*/proof/*'))
objects_of = $(patsubst %.c,$(objects_dir)/%.o,$(1))

mock_sources := $(call find_sources,mock_server)
program_sources := mock_server/main.c mock_server/options.c mock_server/config.c
mock_objects := $(call objects_of,$(filter-out $(program_sources),$(mock_sources)))
fixture_files := $(sort $(shell find fixtures -name '*.json' 2>/dev/null))
embedded := $(objects_dir)/mock_server/embedded_fixtures
client_sources := $(call find_sources,clients/c)
client_objects := $(call objects_of,$(filter-out clients/c/main.c,$(client_sources)))
check_objects := $(call objects_of,$(call find_sources,conformance))
# The harness shares base/ with the mock, and has it linked by itself: the library exports mock_server.h alone.
base_objects := $(call objects_of,$(call find_sources,mock_server/base))

mock_library := build/$(VARIANT)/libmock_server.a
client_library := build/$(VARIANT)/libcancelorder.a

programs := $(programs_dir)/cancelmock $(programs_dir)/cancelcheck $(programs_dir)/cancelorder

.PHONY: all
all: setup programs ## set up what is missing, then build the three programs

.PHONY: programs
programs: $(programs) ## build the programs of one variant (VARIANT=release, debug, asan, tsan)

.PHONY: setup
setup: ## install what is missing; asks for nothing where all is there
	@scripts/setup

include scripts/checks.mk

$(programs_dir)/cancelmock: $(call objects_of,$(program_sources)) $(mock_library)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lmicrohttpd -lcjson -lexpat -lm

$(programs_dir)/cancelorder: $(call objects_of,clients/c/main.c) $(client_library)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lcurl -lcjson -lm

$(programs_dir)/cancelcheck: $(check_objects) $(base_objects) $(mock_library)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lmicrohttpd -lcunit -lcjson -lexpat -lm

$(mock_library): $(mock_objects) $(embedded).o
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $^

$(client_library): $(client_objects)
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $^

$(embedded).c: $(fixture_files) scripts/embed
	@mkdir -p $(@D)
	$(call say,EMBED,fixtures/)scripts/embed fixtures > $@

$(embedded).o: $(embedded).c
	$(call say,CC,$(<F))$(CC) $(ALL_CFLAGS) -Imock_server -c -o $@ $<

# Includes are written from the folder that owns them, so no file can reach over a wall by accident.
$(objects_dir)/mock_server/%.o: mock_server/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -Imock_server -MMD -MP -c -o $@ $<

$(objects_dir)/clients/c/%.o: clients/c/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -Iclients/c -MMD -MP -c -o $@ $<

$(objects_dir)/conformance/%.o: conformance/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -Iconformance -I. -idirafter mock_server -MMD -MP -c -o $@ $<

# Unit tests: one program a tested folder, CUnit inside, linked with the library and without its main.
test_programs := build/$(VARIANT)/test_mock_server build/$(VARIANT)/test_client build/$(VARIANT)/test_cancelcheck

build/$(VARIANT)/test_mock_server: $(call objects_of,$(sort $(wildcard mock_server/tests/*.c mock_server/base/tests/*.c))) $(mock_library)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lmicrohttpd -lcunit -lcjson -lexpat -lm

build/$(VARIANT)/test_client: $(call objects_of,$(sort $(wildcard clients/c/tests/*.c))) $(client_library)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lcurl -lcunit -lcjson -lm

build/$(VARIANT)/test_cancelcheck: $(call objects_of,$(sort $(wildcard conformance/tests/*.c mock_server/base/tests/*.c))) \
                                   $(filter-out %/conformance/main.o,$(check_objects)) $(base_objects) $(mock_library)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lmicrohttpd -lcunit -lcjson -lexpat -lm

.PHONY: test-programs
test-programs: $(test_programs)

.PHONY: clean
clean: ## remove build/
	rm -rf build

-include $(shell find build/$(VARIANT) -name '*.d' 2>/dev/null)
