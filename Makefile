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
# What the objects were made with: when a flag, the compiler or the version changes, they are made again.
made_with := build/$(VARIANT)/made-with

ALL_LDFLAGS = -pthread $(filter -fsanitize=% -g,$(flags_$(VARIANT))) $(LDFLAGS)

find_sources = $(sort $(shell find $(1) -name '*.c' -not -path '*/tests/*' -not -path '*/proof/*'))
objects_of = $(patsubst %.c,$(objects_dir)/%.o,$(1))

# The harness links these by itself, for the library exports mock_server.h alone.
base_objects := $(call objects_of,$(call find_sources,mock_server/base))
program_sources := $(patsubst %,mock_server/%.c,main options exec ready_file signals) $(call find_sources,mock_server/command) \
                   $(call find_sources,mock_server/room)
program_objects := $(call objects_of,$(program_sources))
fixture_files := $(sort $(shell find fixtures -name '*.json' 2>/dev/null))
control_openapi := mock_server/control/openapi.json
embedded := $(objects_dir)/mock_server/fixtures/embedded
mock_objects := $(call objects_of,$(filter-out $(program_sources),$(call find_sources,mock_server))) $(embedded).o
# libmicrohttpd with the calls replaced that move bytes: transport/stream.h. It stands on GnuTLS.
microhttpd := build/$(VARIANT)/microhttpd.o
mock_objects += $(microhttpd)
mock_needs := -lgnutls -lcjson -lexpat -lz -lm
client_main := $(call objects_of,clients/c/command/main.c)
client_objects := $(filter-out $(client_main),$(call objects_of,$(call find_sources,clients/c)))
client_library_objects := $(filter-out $(objects_dir)/clients/c/command/%,$(client_objects))
check_objects := $(call objects_of,$(call find_sources,conformance))

# The two libraries export the functions of their public headers and nothing else, so both fit into one program. Our own
# programs and unit tests link the objects.
mock_library := build/$(VARIANT)/libmock_server.a
client_library := build/$(VARIANT)/libcancelorder.a
libraries := $(mock_library) $(client_library)

programs := $(programs_dir)/cancelmock $(programs_dir)/cancelcheck $(programs_dir)/cancelorder

.PHONY: all
all: setup programs ## set up what is missing, then build the three programs

.PHONY: programs
programs: $(programs) ## build the programs of one variant (VARIANT=release, debug, asan, tsan)

.PHONY: setup
setup: ## install what is missing; asks for nothing where all is there
	@scripts/setup

include scripts/checks.mk

$(programs_dir)/cancelmock: $(program_objects) $(mock_objects)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(mock_needs)

$(programs_dir)/cancelorder: $(client_main) $(client_objects)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lcurl -lcjson -lm

$(programs_dir)/cancelcheck: $(check_objects) $(base_objects) $(mock_library)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lcunit -lcurl $(mock_needs)

$(mock_library): $(mock_objects) mock_server/mock_server.h scripts/public-symbols scripts/make-library
	$(call say,AR,$@)scripts/make-library $@ mock_server/mock_server.h $(mock_objects)

$(client_library): $(client_library_objects) clients/c/cancelorder.h scripts/public-symbols scripts/make-library
	$(call say,AR,$@)scripts/make-library $@ clients/c/cancelorder.h $(client_library_objects)

.PHONY: libraries
libraries: $(libraries) ## build libmock_server.a and libcancelorder.a of one variant

# A file that comes or goes is noticed too, whatever its time.
$(embedded).list: always
	@mkdir -p $(@D)
	@echo '$(fixture_files)' | cmp -s - $@ || echo '$(fixture_files)' >$@

$(embedded).c: $(fixture_files) $(control_openapi) $(embedded).list scripts/embed
	$(call say,EMBED,fixtures/)scripts/embed fixtures $(control_openapi) > $@

$(embedded).o: $(embedded).c $(made_with)
	$(call say,CC,$(<F))$(CC) $(ALL_CFLAGS) -Imock_server -MMD -MP -c -o $@ $<

.PHONY: always
$(made_with): always
	@mkdir -p $(@D)
	@{ echo '$(ALL_CFLAGS) $(ALL_LDFLAGS)'; $(CC) --version; } | cmp -s - $@ || \
	    { echo '$(ALL_CFLAGS) $(ALL_LDFLAGS)'; $(CC) --version; } >$@

$(microhttpd): scripts/make-microhttpd $(made_with)
	$(call say,LIB,$@)CC='$(CC)' scripts/make-microhttpd $@

# Includes are written from the folder that owns them, so no file can reach over a wall by accident.
$(objects_dir)/mock_server/%.o: mock_server/%.c $(made_with)
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -Imock_server -MMD -MP -c -o $@ $<

$(objects_dir)/clients/c/%.o: clients/c/%.c $(made_with)
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -Iclients/c -MMD -MP -c -o $@ $<

$(objects_dir)/conformance/%.o: conformance/%.c $(made_with)
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -Iconformance -I. -idirafter mock_server -MMD -MP -c -o $@ $<

# Unit tests: one program a tested folder, CUnit inside, linked with the library and without its main.
test_programs := build/$(VARIANT)/test_mock_server build/$(VARIANT)/test_client build/$(VARIANT)/test_cancelcheck

mock_tests := $(filter-out %_host.c,$(sort $(wildcard mock_server/tests/*.c mock_server/base/tests/*.c)))

build/$(VARIANT)/test_mock_server: $(call objects_of,$(mock_tests)) $(mock_objects) | build/locales/de_DE.UTF-8
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lcunit -lcurl $(mock_needs)

# A host of the library that has called setlocale(), for scripts/test-locales; without sanitizers, as that takes a minute.
build/$(VARIANT)/locale_host: $(call objects_of,mock_server/tests/locale_host.c) $(mock_library) | build/locales/de_DE.UTF-8
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(mock_needs)

# Requests with many names, for scripts/tests/growth, which counts instructions: of the release build.
build/$(VARIANT)/growth_host: $(call objects_of,mock_server/tests/growth_host.c) $(mock_library)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(mock_needs)

build/locales/de_DE.UTF-8:
	$(call say,LOCALES,build/locales)scripts/make-locales

build/$(VARIANT)/test_client: $(call objects_of,$(sort $(wildcard clients/c/tests/*.c))) $(client_objects)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lcurl -lcunit -lcjson -lm

build/$(VARIANT)/test_cancelcheck: $(call objects_of,$(sort $(wildcard conformance/tests/*.c mock_server/base/tests/*.c))) \
                                   $(filter-out %/conformance/main.o,$(check_objects)) $(base_objects) $(mock_library)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lcunit -lcurl $(mock_needs)

.PHONY: test-programs
test-programs: $(test_programs)

.PHONY: clean
clean: ## remove build/
	rm -rf build

-include $(shell find build/$(VARIANT) -name '*.d' 2>/dev/null)
