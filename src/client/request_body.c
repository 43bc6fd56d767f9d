/*
 * request_body.c
 *		The JSON body of a request: values in their places.
 *
 * A place is a dotted path such as "backup_policy.keep_days".  In
 * "coordinators[].az_code" an array of values becomes an array of objects; several
 * places under the same "coordinators[]" fill the same objects.  "" is the body itself,
 * into which an object is merged.
 */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gmf_answer.h"
#include "gmf_convert.h"
#include "request_internal.h"

static json_t *scalar_value(const char *name, GmfType type, GmfTimeForm time_form,
							const char *text, GmfError *error);
static json_t *number_value(const char *name, GmfType type, const char *text, GmfError *error);
static json_t *json_text_value(const char *name, const char *text, GmfError *error);
static bool put_member(json_t *object, const char *place, json_t *value, GmfError *error);
static bool put_elements(json_t *object, const char *name, const char *rest, json_t *value,
						 GmfError *error);
static json_t *array_of_objects(json_t *object, const char *name, const char *rest,
								size_t count, GmfError *error);
static bool split_place(const char *place, char **name, bool *is_array, const char **rest);
static bool mask_member(json_t *object, const char *place);
static int	real_digits(const json_t *value, int digits);
static bool no_memory(GmfError *error);

json_t *
gmf_body_empty(void)
{
	/*
	 * PostgreSQL exports a function named json_object, to which a call of jansson's
	 * would bind.
	 */
	return json_pack("{}");
}

json_t *
gmf_body_value(const char *name, GmfType type, GmfTimeForm time_form,
			   const GmfInput *input, GmfError *error)
{
	GmfType		element_type = type == GMF_TEXT_ARRAY ? GMF_TEXT :
		type == GMF_INTEGER_ARRAY ? GMF_INTEGER : type;
	json_t	   *array;

	if (input->elements == NULL)
	{
		if (element_type != type)
		{
			gmf_error_set(error, GMF_INVALID, "\"%s\" must be an array", name);
			return NULL;
		}
		return scalar_value(name, type, time_form, input->text, error);
	}

	array = json_array();
	if (array == NULL)
	{
		no_memory(error);
		return NULL;
	}
	for (int i = 0; i < input->nelements; i++)
	{
		json_t	   *element = NULL;

		if (input->elements[i] == NULL)
			gmf_error_set(error, GMF_INVALID, "\"%s\" must not hold NULL elements", name);
		else
			element = scalar_value(name, element_type, time_form, input->elements[i], error);
		if (element != NULL && json_array_append_new(array, element) != 0)
		{
			no_memory(error);
			element = NULL;
		}
		if (element == NULL)
		{
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

bool
gmf_check_body_place(const char *place, GmfError *error)
{
	int			names = 0;

	for (const char *name = place; name != NULL; names++)
	{
		size_t		length = strcspn(name, ".");

		if (length == 0 || (length == 2 && memcmp(name, "[]", 2) == 0))
			return gmf_error_set(error, GMF_INVALID, "\"%s\" is not a place in a body", place);
		name = name[length] == '.' ? name + length + 1 : NULL;
	}
	if (names > GMF_MAX_DEPTH)
		return gmf_error_set(error, GMF_INVALID,
							 "a place in a body must not have more than %d names",
							 GMF_MAX_DEPTH);
	return true;
}

bool
gmf_body_put(json_t **body, const char *place, json_t *value, GmfError *error)
{
	bool		done;

	if (*body == NULL)
		*body = gmf_body_empty();
	if (*body == NULL)
	{
		json_decref(value);
		return no_memory(error);
	}
	if (place[0] != '\0')
		return put_member(*body, place, value, error);

	if (!json_is_object(value))
		done = gmf_error_set(error, GMF_INVALID,
							 "only a JSON object can be merged into the request body");
	else
		done = json_object_update_recursive(*body, value) == 0 || no_memory(error);
	json_decref(value);
	return done;
}

bool
gmf_body_mask(json_t *body, const char *place)
{
	const char *name;
	void	   *next;
	json_t	   *value;

	if (place[0] != '\0')
		return mask_member(body, place);

	/* Merged in: which members came with it is not known any more. */
	json_object_foreach_safe(body, next, name, value)
		if (json_object_set_new(body, name, json_string(GMF_MASK)) != 0)
			return false;
	return true;
}

void
gmf_body_wipe(json_t *body)
{
	const char *name;
	size_t		i;
	json_t	   *value;

	if (json_is_string(body))
	{
		/* jansson frees strings as they are; until then they are ours. */
		explicit_bzero((void *) (uintptr_t) json_string_value(body), json_string_length(body));
	}
	else if (json_is_object(body))
	{
		json_object_foreach(body, name, value)
			gmf_body_wipe(value);
	}
	else if (json_is_array(body))
	{
		json_array_foreach(body, i, value)
			gmf_body_wipe(value);
	}
}

char *
gmf_body_text(const json_t *body)
{
	int			digits = real_digits(body, 15);

	return json_dumps(body, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(digits));
}

bool
gmf_input_time(const char *name, const char *text, GmfTimeForm form, char *buffer,
			   GmfError *error)
{
	int64_t		microseconds;

	if (!gmf_read_integer(text, strlen(text), &microseconds) ||
		!gmf_write_time(microseconds, form, buffer))
		return gmf_error_set(error, GMF_INVALID,
							 "\"%s\" is not a point in time between the years 1 and 9999", name);
	return true;
}

static json_t *
scalar_value(const char *name, GmfType type, GmfTimeForm time_form, const char *text,
			 GmfError *error)
{
	char		time[GMF_TIME_SIZE];
	json_t	   *value;

	if (time_form != GMF_TIME_NONE)
	{
		if (!gmf_input_time(name, text, time_form, time, error))
			return NULL;
		text = time;
	}

	switch (type)
	{
		case GMF_INTEGER:
		case GMF_BIGINT:
		case GMF_DOUBLE:
			return number_value(name, type, text, error);
		case GMF_JSONB:
			return json_text_value(name, text, error);
		case GMF_BOOLEAN:
			if (strcmp(text, "true") == 0)
				return json_true();
			if (strcmp(text, "false") == 0)
				return json_false();
			gmf_error_set(error, GMF_INVALID, "\"%s\" must be true or false", name);
			return NULL;
		case GMF_TEXT:
		case GMF_TIMESTAMPTZ:
		case GMF_TEXT_ARRAY:
		case GMF_INTEGER_ARRAY:
			break;
	}
	/* Also 0, which stands for GMF_TEXT. */
	value = json_string(text);
	if (value == NULL)
		gmf_error_set(error, GMF_INVALID, "\"%s\" is not valid UTF-8", name);
	return value;
}

static json_t *
number_value(const char *name, GmfType type, const char *text, GmfError *error)
{
	size_t		length = strlen(text);
	int64_t		integer;
	double		real;
	json_t	   *value = NULL;

	if (gmf_read_integer(text, length, &integer))
	{
		if (type == GMF_INTEGER && (integer < INT32_MIN || integer > INT32_MAX))
		{
			gmf_error_set(error, GMF_INVALID, "\"%s\" is out of the range of an integer", name);
			return NULL;
		}
		value = json_integer(integer);
	}
	else if (type == GMF_DOUBLE && gmf_read_double(text, length, &real))
		value = json_real(real);
	else
	{
		gmf_error_set(error, GMF_INVALID, "\"%s\" must be %s", name,
					  type == GMF_DOUBLE ? "a number" : "a whole number");
		return NULL;
	}
	if (value == NULL)
		no_memory(error);
	return value;
}

static json_t *
json_text_value(const char *name, const char *text, GmfError *error)
{
	json_error_t problem;
	json_t	   *value;

	if (gmf_json_too_deep(text))
	{
		gmf_error_set(error, GMF_INVALID, "\"%s\" is nested deeper than %d",
					  name[0] == '\0' ? "body" : name, GMF_MAX_DEPTH);
		return NULL;
	}
	value = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, &problem);
	/* The reason only: jansson quotes the text near the problem, which may be secret. */
	if (value == NULL && json_error_code(&problem) == json_error_out_of_memory)
		no_memory(error);
	else if (value == NULL && json_error_code(&problem) == json_error_numeric_overflow)
		gmf_error_set(error, GMF_INVALID, "\"%s\" holds a number that is too large", name);
	else if (value == NULL)
		gmf_error_set(error, GMF_INVALID, "\"%s\" is not valid JSON (position %d)", name,
					  problem.position);
	return value;
}

/*
 * Here, and in all that walks over a body: both the place and the value have at most
 * GMF_MAX_DEPTH levels, which bounds the recursion.
 */
static bool
put_member(json_t *object, const char *place, json_t *value, GmfError *error)
{
	char	   *name;
	bool		is_array;
	const char *rest;
	json_t	   *inner;
	bool		done;

	if (!split_place(place, &name, &is_array, &rest))
	{
		json_decref(value);
		return no_memory(error);
	}
	if (is_array)
		done = put_elements(object, name, rest, value, error);
	else if (rest == NULL)
		done = json_object_set_new(object, name, value) == 0 || no_memory(error);
	else
	{
		inner = json_object_get(object, name);
		if (!json_is_object(inner))
		{
			inner = gmf_body_empty();
			if (inner == NULL || json_object_set_new(object, name, inner) != 0)
				inner = NULL;
		}
		if (inner == NULL)
			json_decref(value);
		done = inner == NULL ? no_memory(error) : put_member(inner, rest, value, error);
	}
	free(name);
	return done;
}

/* One element of the value for each element of the array. */
static bool
put_elements(json_t *object, const char *name, const char *rest, json_t *value,
			 GmfError *error)
{
	json_t	   *array;
	bool		done = true;

	if (!json_is_array(value))
	{
		json_t	   *single = json_array();

		if (single == NULL || json_array_append(single, value) != 0)
			done = no_memory(error);
		json_decref(value);
		value = single;
	}
	if (!done)
	{
		json_decref(value);
		return false;
	}
	if (rest == NULL)
		return json_object_set_new(object, name, value) == 0 || no_memory(error);

	array = array_of_objects(object, name, rest, json_array_size(value), error);
	done = array != NULL;
	for (size_t i = 0; done && i < json_array_size(value); i++)
		done = put_member(json_array_get(array, i), rest,
						  json_incref(json_array_get(value, i)), error);
	json_decref(value);
	return done;
}

/*
 * The array "name" of so many objects; made if it is not there, or if what is there came
 * from this place alone.
 */
static json_t *
array_of_objects(json_t *object, const char *name, const char *rest, size_t count,
				 GmfError *error)
{
	json_t	   *array = json_object_get(object, name);
	bool		usable = json_is_array(array);

	for (size_t i = 0; usable && i < json_array_size(array); i++)
		usable = json_is_object(json_array_get(array, i));

	if (usable && json_array_size(array) != count)
	{
		size_t		same = strcspn(rest, ".[");

		for (size_t i = 0; i < json_array_size(array); i++)
		{
			json_t	   *element = json_array_get(array, i);
			const char *member = json_object_iter_key(json_object_iter(element));

			if (json_object_size(element) != 1 || strlen(member) != same ||
				memcmp(member, rest, same) != 0)
			{
				gmf_error_set(error, GMF_INVALID,
							  "the arrays that make up \"%s\" must have the same number of "
							  "elements", name);
				return NULL;
			}
		}
		usable = false;
	}
	if (usable)
		return array;

	array = json_array();
	for (size_t i = 0; array != NULL && i < count; i++)
		if (json_array_append_new(array, gmf_body_empty()) != 0)
		{
			json_decref(array);
			array = NULL;
		}
	if (array == NULL || json_object_set_new(object, name, array) != 0)
	{
		no_memory(error);
		return NULL;
	}
	return array;
}

/*
 * "a[].b" is the name "a" (allocated), an array, and the rest "b"; there may be no rest.
 */
static bool
split_place(const char *place, char **name, bool *is_array, const char **rest)
{
	size_t		length = strcspn(place, ".");

	*rest = place[length] == '.' ? place + length + 1 : NULL;
	*is_array = length >= 2 && memcmp(place + length - 2, "[]", 2) == 0;
	*name = strndup(place, *is_array ? length - 2 : length);
	return *name != NULL;
}

static bool
mask_member(json_t *object, const char *place)
{
	char	   *name;
	bool		is_array;
	const char *rest;
	json_t	   *member;
	bool		done = true;

	if (!split_place(place, &name, &is_array, &rest))
		return false;
	member = json_object_get(object, name);
	if (member != NULL && rest == NULL)
		done = json_object_set_new(object, name, json_string(GMF_MASK)) == 0;
	else if (json_is_array(member))
	{
		for (size_t i = 0; done && i < json_array_size(member); i++)
			done = mask_member(json_array_get(member, i), rest);
	}
	else if (member != NULL)
		done = mask_member(member, rest);
	free(name);
	return done;
}

/*
 * How many digits all numbers need to be read back as they are: 0.1 is to be sent as 0.1,
 * not as 0.10000000000000001.
 */
static int
real_digits(const json_t *value, int digits)
{
	const char *name;
	size_t		i;
	json_t	   *inner;

	if (json_is_real(value))
	{
		char		text[40];

		for (; digits < 17; digits++)
		{
			snprintf(text, sizeof(text), "%.*g", digits, json_real_value(value));
			if (strtod(text, NULL) == json_real_value(value))
				break;
		}
	}
	else if (json_is_object(value))
	{
		json_object_foreach((json_t *) (uintptr_t) value, name, inner)
			digits = real_digits(inner, digits);
	}
	else if (json_is_array(value))
	{
		json_array_foreach(value, i, inner)
			digits = real_digits(inner, digits);
	}
	return digits;
}

static bool
no_memory(GmfError *error)
{
	return gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
}
