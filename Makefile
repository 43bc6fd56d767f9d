# Makefile of gaussdb_mgmt_fdw
#
#	make				the extension
#	make install		into the directories that pg_config names (needs the right to write there)
#	make installcheck	regression tests; see scripts/test.sh, which prepares what they need
#
# These need no PostgreSQL:
#
#	make libgmf_client.a	the client and catalog floors as a static library
#	make unit				their unit tests
#	make unit-asan			the same under AddressSanitizer and UndefinedBehaviorSanitizer
#	make fuzz				the fuzzers, FUZZ_SECONDS (20) each; fuzz-long: an hour each
#	make sql				write the generated part of the SQL script anew from the catalog
#	make lint				style, clang-tidy, cppcheck
#
# To build outside of the source tree: make -f /path/to/source/Makefile, in any
# empty directory.  Variables of use: PG_CONFIG, WERROR= (warnings stay
# warnings), V=1 (show the commands), with_llvm=yes (bitcode for inlining by the
# JIT compiler; wants clang), SANITIZE=yes (the extension with AddressSanitizer and
# UndefinedBehaviorSanitizer; see scripts/sanitize.sh).

MODULE_big = gaussdb_mgmt_fdw
EXTENSION = gaussdb_mgmt_fdw

here := $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST))))

# What is built goes to build/ of the source tree, or to the current directory
# if that is another one.
out := $(if $(filter .,$(here)),build/)

GMF_VERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(here)/$(EXTENSION).control)

DATA = $(patsubst $(here)/%,%,$(wildcard $(here)/$(EXTENSION)--*.sql))

# Regression tests run in this order, the others in sql/ after them.
# What is expected does not depend on where the tests run.
NO_LOCALE = 1
ENCODING = UTF8

REGRESS_ORDER = setup options
REGRESS_FOUND := $(basename $(notdir $(sort $(wildcard $(here)/sql/*.sql))))
REGRESS := $(filter $(REGRESS_FOUND),$(REGRESS_ORDER)) \
	$(filter-out $(REGRESS_ORDER),$(REGRESS_FOUND))

# ---------------------------------------------------------------------------
# Which of the goals need PostgreSQL?
# ---------------------------------------------------------------------------

client_goals = libgmf_client.a unit unit-asan fuzz fuzz-build fuzz-long sql check-sql catalog_dump
lint_goals = lint lint-style lint-tidy lint-cppcheck
light_goals = clean distclean maintainer-clean $(lint_goals)
goals := $(or $(MAKECMDGOALS),all)
want_pgxs := $(filter-out $(client_goals) $(lint_goals),$(goals))
want_libraries := $(filter-out $(light_goals) uninstall installcheck,$(goals))

# ---------------------------------------------------------------------------
# Libraries
# ---------------------------------------------------------------------------

PKG_CONFIG ?= pkg-config

# $(call require,module with the oldest good version,Debian package)
require = $(if $(shell $(PKG_CONFIG) --exists '$(1)' && echo found),,\
	$(error pkg-config does not find $(1). On Debian: apt-get install $(2)))

ifneq ($(want_libraries),)
ifeq ($(shell command -v $(PKG_CONFIG)),)
$(error $(PKG_CONFIG) is not installed. On Debian: apt-get install pkg-config)
endif
$(call require,libcurl >= 7.87,libcurl4-openssl-dev)
$(call require,jansson >= 2.13,libjansson-dev)
$(call require,libcrypto >= 3.0,libssl-dev)
$(call require,libssl >= 3.0,libssl-dev)
endif

libraries = libcurl jansson libssl libcrypto
client_libs := $(shell $(PKG_CONFIG) --libs $(libraries) 2>/dev/null)
client_cppflags := -D_GNU_SOURCE= -DGMF_VERSION='"$(GMF_VERSION)"' -I$(here)/include \
	$(shell $(PKG_CONFIG) --cflags $(libraries) 2>/dev/null)

# ---------------------------------------------------------------------------
# Compiler flags
# ---------------------------------------------------------------------------

WERROR = -Werror
warnings = -Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes -Wpointer-arith \
	-Wvla -Wformat-security $(WERROR)

# An entry of the catalog leaves out what does not apply to it.
catalog_warnings = -Wno-missing-field-initializers

CLIENT_CFLAGS = -O2 -g

# The hardening of Debian's packages, as far as the compiler knows it (CET is of x86 alone), also
# where PostgreSQL was built without.  Fortified functions need optimisation.  test/symbols.sh looks
# at what comes of it.
# $(call known,compiler,flag): the flag, if it is known
known = $(shell $(1) $(2) -Werror -x c -c /dev/null -o /dev/null 2>/dev/null && echo '$(2)')
hardening = $(foreach flag,-fstack-protector-strong -fstack-clash-protection -fcf-protection,$(call known,$(1),$(flag))) \
	$(if $(filter-out -O0,$(filter -O%,$(2))),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
link_hardening = -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack

# One line for each file; make V=1 shows the whole commands.
quiet = $(if $(V),,@echo '  $(1)  $(if $(2),$(2),$@)';)
client_cflags = -std=gnu11 $(warnings) -fPIC -fvisibility=hidden
sanitizers = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

# ---------------------------------------------------------------------------
# The client and catalog floors, once for each way of compiling them.  They are
# compiled without any path to PostgreSQL's headers, also for the extension.
# ---------------------------------------------------------------------------

floor_sources := $(patsubst $(here)/%,%,\
	$(sort $(wildcard $(here)/src/client/*.c $(here)/src/catalog/*.c)))

# $(call objects,variant): its objects
objects = $(floor_sources:%.c=$(out)$(1)/%.o)

# $(eval $(call variant,name,compiler,flags))
define variant
$(call objects,$(1)): $(out)$(1)/%.o: $(here)/%.c
	@mkdir -p $$(@D)
	$$(call quiet,CC,$$@)$(2) $(client_cflags) $(3) $$(if $$(findstring src/catalog/,$$<),$(catalog_warnings)) \
		$(client_cppflags) -MMD -MP -c -o $$@ $$<

$(out)$(1)/libgmf_client.a: $(call objects,$(1))
	@rm -f $$@
	$$(call quiet,AR,$$@)ar rcs $$@ $$^

-include $(patsubst %.o,%.d,$(call objects,$(1)))
endef

client_cc = $(if $(filter default,$(origin CC)),gcc,$(CC))

all: # the default goal, whatever comes first below

client_hardening := $(call hardening,$(client_cc),$(CLIENT_CFLAGS))

$(eval $(call variant,client,$(client_cc),$$(CLIENT_CFLAGS) $$(client_hardening)))
$(eval $(call variant,asan,$(client_cc),-O1 -g $(sanitizers)))
$(eval $(call variant,fuzz,clang,-O1 -g $(sanitizers) -fsanitize=fuzzer-no-link))

libgmf_client.a: $(out)client/libgmf_client.a
ifeq ($(out),)
	cp $< $@
endif

# ---------------------------------------------------------------------------
# Unit tests: each test/unit/test_*.c is a program
# ---------------------------------------------------------------------------

unit_names := $(basename $(notdir $(sort $(wildcard $(here)/test/unit/test_*.c))))
test_cflags = -std=gnu11 $(warnings) $(catalog_warnings) -I$(here)/src/client -I$(here)/src/catalog
UNIT_TIMEOUT = 180

$(unit_names:%=$(out)unit/%): $(out)unit/%: $(here)/test/unit/%.c $(out)client/libgmf_client.a
	@mkdir -p $(@D)
	$(call quiet,CC)$(client_cc) $(test_cflags) $(CLIENT_CFLAGS) $(client_cppflags) -MMD -MP -o $@ $< \
		$(out)client/libgmf_client.a $(client_libs) -lcmocka -lpthread -lm

$(unit_names:%=$(out)unit-asan/%): $(out)unit-asan/%: $(here)/test/unit/%.c $(out)asan/libgmf_client.a
	@mkdir -p $(@D)
	$(call quiet,CC)$(client_cc) $(test_cflags) -O1 -g $(sanitizers) $(client_cppflags) -MMD -MP -o $@ $< \
		$(out)asan/libgmf_client.a $(client_libs) -lcmocka -lpthread -lm

-include $(unit_names:%=$(out)unit/%.d) $(unit_names:%=$(out)unit-asan/%.d)

# Runs all, also after a failure; the tests find their data from the source tree.
define run_unit
	@test -n '$(unit_names)' || { echo 'test/unit holds no test_*.c' >&2; exit 1; }
	@failed=; \
	for test in $(abspath $(1)); do \
		echo "# $$(basename $$test)"; \
		(cd $(here) && ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1 \
			timeout $(UNIT_TIMEOUT) $$test) || { \
			echo "# $$(basename $$test) failed with status $$?"; failed="$$failed $$(basename $$test)"; }; \
	done; \
	test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }
endef

unit: $(unit_names:%=$(out)unit/%)
	$(call run_unit,$^)

unit-asan: $(unit_names:%=$(out)unit-asan/%)
	$(call run_unit,$^)

# ---------------------------------------------------------------------------
# Fuzzers: each test/fuzz/fuzz_*.c is one; test/fuzz/seeds.py makes what they begin with
# ---------------------------------------------------------------------------

fuzz_names := $(basename $(notdir $(sort $(wildcard $(here)/test/fuzz/fuzz_*.c))))
FUZZ_SECONDS = 20
PYTHON = $(or $(wildcard /usr/bin/python3),python3)

$(fuzz_names:%=$(out)fuzz/%): $(out)fuzz/%: $(here)/test/fuzz/%.c $(out)fuzz/libgmf_client.a
	@mkdir -p $(@D)
	$(call quiet,CC)clang $(test_cflags) -Wno-missing-prototypes -O1 -g $(sanitizers) -fsanitize=fuzzer $(client_cppflags) \
		-MMD -MP -o $@ $< $(out)fuzz/libgmf_client.a $(client_libs) -lpthread -lm

-include $(fuzz_names:%=$(out)fuzz/%.d)

fuzz-build: $(fuzz_names:%=$(out)fuzz/%)

fuzz: fuzz-build
	@test -n '$(fuzz_names)' || { echo 'test/fuzz holds no fuzz_*.c' >&2; exit 1; }
	@rm -rf $(out)fuzz/seeds
	@$(PYTHON) $(here)/test/fuzz/seeds.py $(here)/api $(out)fuzz/seeds
	@failed=; \
	for name in $(fuzz_names); do \
		echo "# $$name: $(FUZZ_SECONDS) seconds"; \
		corpus=$(abspath $(out)fuzz)/corpus/$$name; \
		seeds=$(abspath $(out)fuzz)/seeds/$${name#fuzz_}; \
		mkdir -p $$corpus; \
		(cd $$corpus/.. && $(abspath $(out)fuzz)/$$name -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
			-rss_limit_mb=1024 -artifact_prefix=$(abspath $(out)fuzz)/ -print_final_stats=1 \
			-verbosity=0 $$corpus \
			$$(test -d $$seeds && echo $$seeds) 2>&1) \
			&& echo "ok - $$name" || { echo "not ok - $$name"; failed="$$failed $$name"; }; \
	done; \
	test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }

fuzz-long:
	$(MAKE) -f $(firstword $(MAKEFILE_LIST)) fuzz FUZZ_SECONDS=3600

# ---------------------------------------------------------------------------
# What is generated from the catalog
# ---------------------------------------------------------------------------

catalog_dump: $(out)tools/catalog_dump

$(out)tools/catalog_dump: $(here)/tools/catalog_dump.c $(out)client/libgmf_client.a
	@mkdir -p $(@D)
	$(call quiet,CC)$(client_cc) $(test_cflags) $(CLIENT_CFLAGS) $(client_cppflags) -MMD -MP -o $@ $< \
		$(out)client/libgmf_client.a $(client_libs)

-include $(out)tools/catalog_dump.d

script = $(here)/$(EXTENSION)--$(GMF_VERSION).sql

$(out)script.sql: $(out)tools/catalog_dump $(script)
	@grep -q '^-- begin of generated functions$$' $(script) && \
		grep -q '^-- end of generated functions$$' $(script) || { \
		echo '$(script) lacks the lines that mark its generated part' >&2; exit 1; }
	@$< --sql > $(out)generated.sql
	@awk -v part=$(out)generated.sql '\
		/^-- end of generated functions$$/ { inside = 0 } \
		!inside { print } \
		/^-- begin of generated functions$$/ { \
			while ((getline line < part) > 0) print line; inside = 1 }' \
		$(script) > $@
	@rm -f $(out)generated.sql

sql: $(out)script.sql
	@if cmp -s $< $(script); then echo '$(script) is up to date'; \
		else cat $< > $(script); echo '$(script) was written anew'; fi

check-sql: $(out)script.sql
	@cmp -s $< $(script) && echo 'ok - the SQL script says what the catalog says' || { \
		diff -u $(script) $< | head -40; \
		echo 'not ok - the SQL script differs from the catalog: make sql'; exit 1; }

# ---------------------------------------------------------------------------
# The extension
# ---------------------------------------------------------------------------

# Relative to the source tree, without the floors below.
fdw_sources := $(patsubst $(here)/%,%,\
	$(wildcard $(here)/$(MODULE_big).c) $(sort $(wildcard $(here)/src/fdw/*.c)))
fdw_objects := $(fdw_sources:%.c=$(out)module/%.o)

OBJS = $(fdw_objects) $(call objects,$(if $(SANITIZE),asan,client))

ifneq ($(want_pgxs),)

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
ifeq ($(PGXS),)
$(error $(PG_CONFIG) is not installed, or PG_CONFIG is wrong. On Debian: apt-get install postgresql-server-dev-all)
endif
ifeq ($(wildcard $(PGXS)),)
$(error $(PGXS) is missing. On Debian: apt-get install postgresql-server-dev-all)
endif

# Debian's package of the client brings pgxs.mk, too, but not the headers.
server_headers := $(shell $(PG_CONFIG) --includedir-server)
ifeq ($(and $(want_libraries),$(if $(wildcard $(server_headers)/postgres.h),,missing)),missing)
$(error $(server_headers)/postgres.h is missing: $(PG_CONFIG) is there without the server's headers. On Debian: apt-get install postgresql-server-dev-NN, where NN is the major version)
endif

# Bitcode wants the very clang that PostgreSQL was built with; off unless asked for.
ifneq ($(origin with_llvm),command line)
override with_llvm := no
endif

PG_CPPFLAGS = -DGMF_VERSION='"$(GMF_VERSION)"' -I$(here)/include
SHLIB_LINK = $(if $(SANITIZE),$(sanitizers)) $(client_libs) -lpthread $(link_hardening) -Wl,--version-script=$(out)$(MODULE_big).map
EXTRA_CLEAN = $(addprefix $(out),module client asan unit unit-asan fuzz tools $(MODULE_big).map script.sql) \
	$(if $(out),build,libgmf_client.a)

include $(PGXS)

ifneq ($(shell test $(firstword $(subst ., ,$(VERSION))) -ge 15 && echo yes),yes)
$(error PostgreSQL $(VERSION) is too old: 15 or later is needed; name another one by PG_CONFIG)
endif

# Callbacks have arguments that they do not need; PostgreSQL's own headers are
# not ours to mend (a system directory gives no warnings).
fdw_cflags = -std=gnu11 $(warnings) -Wno-unused-parameter -Wno-missing-field-initializers \
	-Wno-declaration-after-statement -isystem $(includedir_server)

# Fortified functions are not seen by AddressSanitizer.
fdw_sanitizers = $(if $(SANITIZE),-O1 $(sanitizers) -U_FORTIFY_SOURCE,$(fdw_hardening))
fdw_hardening := $(call hardening,$(CC),$(CFLAGS))

$(fdw_objects): $(out)module/%.o: $(here)/%.c
	@mkdir -p $(@D)
	$(call quiet,CC)$(CC) $(CFLAGS) $(fdw_cflags) $(CPPFLAGS) $(fdw_sanitizers) -MMD -MP -c -o $@ $<

-include $(fdw_objects:.o=.d)

# The library exports what the server calls (everything that has a
# PG_FUNCTION_INFO_V1, and _PG_init) and nothing else.
$(out)$(MODULE_big).map: $(fdw_objects)
	@{ echo '{ global: Pg_magic_func; _PG_init;'; \
		nm --defined-only $^ | sed -n 's/.* T pg_finfo_\(.*\)/\tpg_finfo_\1; \1;/p' | sort; \
		echo 'local: *; };'; } > $@

$(MODULE_big)$(DLSUFFIX): $(out)$(MODULE_big).map

ifeq ($(with_llvm),yes)
$(fdw_objects:.o=.bc): $(out)module/%.bc: $(here)/%.c
	@mkdir -p $(@D)
	$(COMPILE.c.bc) -o $@ $<

$(patsubst %.o,%.bc,$(call objects,client)): $(out)client/%.bc: $(here)/%.c
	@mkdir -p $(@D)
	$(CLANG) $(BITCODE_CFLAGS) $(client_cppflags) -flto=thin -emit-llvm -c -o $@ $<
endif

endif # want_pgxs

# ---------------------------------------------------------------------------
# Reading the sources
# ---------------------------------------------------------------------------

tidy_floor := $(addprefix $(here)/,$(floor_sources))
tidy_fdw := $(addprefix $(here)/,$(fdw_sources))
tidy = clang-tidy --quiet --warnings-as-errors='*'
cppcheck = cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability \
	--inline-suppr --suppress=missingIncludeSystem --suppress=unknownMacro -D_GNU_SOURCE \
	-DGMF_VERSION='"$(GMF_VERSION)"' -I $(here)/include

lint: lint-style lint-cppcheck lint-tidy

lint-style:
	$(here)/scripts/style.py

lint-tidy:
	$(tidy) $(tidy_floor) -- -std=gnu11 $(client_cppflags)
ifneq ($(fdw_sources),)
	$(tidy) $(tidy_fdw) -- -std=gnu11 -D_GNU_SOURCE -DGMF_VERSION='"$(GMF_VERSION)"' \
		-I$(here)/include -isystem $$($(or $(PG_CONFIG),pg_config) --includedir-server)
endif

lint-cppcheck:
	$(cppcheck) $(tidy_floor)
ifneq ($(fdw_sources),)
	$(cppcheck) --include=$(here)/scripts/cppcheck.h $(tidy_fdw)
endif

.PHONY: libgmf_client.a unit unit-asan fuzz fuzz-build fuzz-long sql check-sql catalog_dump
.PHONY: lint lint-style lint-tidy lint-cppcheck
