/*
 * roma.h
 *		What the files of ROMA Connect know of each other: its chapters.
 */
#ifndef ROMA_H
#define ROMA_H

#include "gmf_catalog.h"

extern const GmfService gmf_roma;

extern const GmfChapter gmf_roma_instances;
extern const GmfChapter gmf_roma_apps;
extern const GmfChapter gmf_roma_link;
extern const GmfChapter gmf_roma_fdi;
extern const GmfChapter gmf_roma_apis;

#endif							/* ROMA_H */
