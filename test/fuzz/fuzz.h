/*
 * fuzz.h
 *		What every fuzzer of this directory needs.
 *
 * A fuzzer is built with clang -fsanitize=fuzzer,address,undefined; or, with
 * GMF_FUZZ_STANDALONE defined and any compiler, as a program that runs over the
 * files that are named as its arguments.
 */
#ifndef GMF_FUZZ_H
#define GMF_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A property that does not hold ends the run, as a crash would. */
#define REQUIRE(condition) \
	do { \
		if (!(condition)) \
		{ \
			fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

/* The input in memory of exactly its size, so that a sanitizer sees reads beyond it. */
static inline char *
exact_copy(const void *data, size_t size)
{
	char	   *copy = calloc(size > 0 ? size : 1, 1);

	REQUIRE(copy != NULL);
	if (size > 0)
		memcpy(copy, data, size);
	return copy;
}

#ifdef GMF_FUZZ_STANDALONE

static void
run_file(const char *name)
{
	static char data[1 << 20];
	FILE	   *file = fopen(name, "rb");
	size_t		size;

	if (file == NULL)
	{
		perror(name);
		exit(1);
	}
	size = fread(data, 1, sizeof(data), file);
	fclose(file);
	LLVMFuzzerTestOneInput((const uint8_t *) data, size);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		run_file(argv[i]);
	printf("%d inputs\n", argc - 1);
	return argc > 1 ? 0 : 1;
}

#endif

#endif							/* GMF_FUZZ_H */
