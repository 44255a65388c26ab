# The menu. The build itself is Meson's; each kind has a folder of its own.
SECONDS = 60
TARGET = *
build = $(shell tools/build-folder $(1))
sources = $(shell git ls-files '*.c' '*.h')

all:
	ninja -C $(call build,plain)
check:    # every test, with sanitizers and for release
	./check
asan release tsan clang:  # build and test one kind
	meson test -C $(call build,$@) --no-suite soak --print-errorlogs
fuzz:     # SECONDS for each target; make fuzz TARGET=json SECONDS=3600
	ninja -C $(call build,fuzz)
	tools/fuzz $(SECONDS) '$(TARGET)'
soak:     # what takes long: valgrind, large inputs, longer fuzzing
	meson test -C $(call build,release) --print-errorlogs --suite soak
	meson test -C $(call build,release) --print-errorlogs --no-suite soak \
	  --no-suite style -t 30 --wrapper tools/valgrind
	$(MAKE) fuzz SECONDS=900
	$(MAKE) check-deb
golden:   # writes the golden files anew; review the diff
	MADAI_GOLDEN=write meson test -C $(call build,release) --suite golden
	git diff --stat tests/golden
bench:    # words a second, memory, start: ours and spaCy's; the case file;
          # planted copies; the page on a large case; converters beside
          # trafilatura and pdftotext
	ninja -C $(call build,plain)
	bench/run
	bench/case
	bench/page
	bench/dossier
	ninja -C $(call build,plain) tests/link/plant_copies
	$(call build,plain)/tests/link/plant_copies 100000
	bench/intake
bench-archive: # the archive: cost over madai read, two workers against one …
	ninja -C $(call build,plain)
	bench/archive
score:    # every development set beside the figures of docs/measurements.md
	ninja -C $(call build,plain) madai
	tools/score
cover:    # lines, then branches; that an assertion fails is no branch to be
          # tested
	meson test -C $(call build,cover) --no-suite soak
	gcovr --root . --filter src/ build-cover
	gcovr --root . --filter src/ --branches \
	  --exclude-branches-by-pattern '.*assert\(.*' build-cover
lint:
	tools/lint $(sources)
deb:      # a Debian package, with an entry for the desktop
	tools/deb
check-deb:  # installs it in a clean system, uses it, removes it; takes root
	tools/check-deb "$$(tools/deb)" || [ $$? -eq 77 ]
check-api:  # the API against its OpenAPI document: schemathesis, from PyPI
	ninja -C $(call build,release) madai converters
	tools/check-api $(call build,release)/madai $(SECONDS) || [ $$? -eq 77 ]
install:
	meson install -C $(call build,plain)
clean:
	rm -rf build build-asan build-release build-tsan build-clang build-fuzz \
	  build-cover build-archive build-api

.PHONY: all check asan release tsan clang fuzz soak golden bench bench-archive \
  score cover lint deb check-api check-deb install clean
