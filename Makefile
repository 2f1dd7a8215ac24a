# The steps of ./run and ./test, finer, for developers.
BUILD := build/dev

.PHONY: all check test run format format-check lint golden asan tsan package clean

all: $(BUILD)/build.ninja
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	cd web && npm ci --no-audit --no-fund --loglevel=error && node build.mjs
	cmake --preset dev

check: all format-check
	tools/tidy
	ctest --test-dir $(BUILD) --output-on-failure -LE 'slow|browser'

test:
	./test

run: all
	$(BUILD)/src/app/sangu serve --first-run --demo

format:
	tools/format

format-check:
	tools/format --check

lint: all
	git ls-files 'src/*.cpp' | xargs -P 2 -n 8 clang-tidy-19 --quiet -p $(BUILD)

golden: all
	SANGU_UPDATE_GOLDEN=1 ctest --test-dir $(BUILD) --output-on-failure -R golden

asan tsan:
	cmake --preset $@ && ninja -C build/$@ && ctest --test-dir build/$@ --output-on-failure -LE 'slow|browser|compile'

package:
	./run --build-only && cd build/release && cpack -G DEB

clean:
	rm -rf build web/dist
