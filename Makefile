# The steps of ./run and ./test, finer, for developers.
BUILD := build/dev

.PHONY: all check test run format format-check lint golden asan tsan package clean

all: $(BUILD)/build.ninja
	ninja -C $(BUILD)

$(BUILD)/build.ninja: web/dist
	cmake --preset dev

web/dist:
	cd web && npm ci --no-audit --no-fund --loglevel=error && node build.mjs

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

lint:
	tools/lint

golden: all
	SANGU_UPDATE_GOLDEN=1 ctest --test-dir $(BUILD) --output-on-failure -R golden

asan tsan: web/dist
	cmake --preset $@ && ninja -C build/$@ && ctest --test-dir build/$@ --output-on-failure -LE 'slow|browser|compile'

package:
	./run --build-only && cd build/release && cpack -G DEB

clean:
	rm -rf build web/dist
