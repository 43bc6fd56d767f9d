/*
 * gmf_async.h
 *		Regions in flight: scans of several servers under one Append.
 */
#ifndef GMF_ASYNC_H
#define GMF_ASYNC_H

#include "postgres.h"

#include "nodes/execnodes.h"
#include "nodes/pathnodes.h"

extern bool gmf_is_foreign_path_async_capable(ForeignPath *path);
extern void gmf_foreign_async_request(AsyncRequest *request);
extern void gmf_foreign_async_configure_wait(AsyncRequest *request);
extern void gmf_foreign_async_notify(AsyncRequest *request);

#endif							/* GMF_ASYNC_H */
