/*
 * apig.h
 *		What the files of API Gateway know of each other: its chapters.
 */
#ifndef APIG_H
#define APIG_H

#include "gmf_catalog.h"

extern const GmfService gmf_apig;

extern const GmfChapter gmf_apig_instances;

#endif							/* APIG_H */
