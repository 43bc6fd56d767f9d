/*
 * fetch_combination.c
 *		One combination of values: what one stream asks for.
 */
#include "fetch_internal.h"

#include <stdlib.h>
#include <string.h>

/* A copy with the texts: the streams outlive the rows of the parent. */
GmfCombination *
gmf_combination_new(const GmfBinding *bindings, int nbindings)
{
	size_t		size = sizeof(GmfCombination) + nbindings * sizeof(GmfBinding);
	GmfCombination *combination;
	const char **values;
	char	   *text;
	int			nvalues = 0;

	for (int i = 0; i < nbindings; i++)
		for (int j = 0; j < bindings[i].nvalues; j++, nvalues++)
			size += sizeof(char *) + strlen(bindings[i].values[j]) + 1;
	combination = calloc(1, size);
	if (combination == NULL)
		return NULL;
	combination->bindings = (GmfBinding *) (combination + 1);
	combination->nbindings = nbindings;
	values = (const char **) (combination->bindings + nbindings);
	text = (char *) (values + nvalues);
	for (int i = 0; i < nbindings; i++)
	{
		const GmfParameter *parameter = bindings[i].parameter;

		combination->bindings[i] = bindings[i];
		combination->bindings[i].values = values;
		for (int j = 0; j < bindings[i].nvalues; j++)
		{
			*values++ = text;
			text = stpcpy(text, bindings[i].values[j]) + 1;
		}
		if (parameter->match == GMF_MATCH_KEY || parameter->location == GMF_IN_PATH)
			combination->named = true;
	}
	return combination;
}

/* Are there several objects in it? */
bool
gmf_combination_is_batch(const GmfCombination *combination)
{
	for (int i = 0; i < combination->nbindings; i++)
		if (combination->bindings[i].nvalues > 1 && combination->bindings[i].parameter->batch > 0)
			return true;
	return false;
}

/*
 * Take the second half of a batch away as a combination of its own; *half is NULL
 * when there is no batch of several values.  False when memory is out.
 */
bool
gmf_combination_split(GmfCombination *combination, GmfCombination **half)
{
	*half = NULL;
	for (int i = 0; i < combination->nbindings; i++)
	{
		GmfBinding *binding = &combination->bindings[i];
		GmfBinding	whole = *binding;
		int			kept = whole.nvalues / 2;

		if (kept == 0 || whole.parameter->batch == 0)
			continue;
		binding->values += kept;
		binding->nvalues -= kept;
		*half = gmf_combination_new(combination->bindings, combination->nbindings);
		*binding = whole;
		if (*half == NULL)
			return false;
		binding->nvalues = kept;
		break;
	}
	return true;
}

void
gmf_combination_free(GmfCombination *combination)
{
	free(combination);
}
