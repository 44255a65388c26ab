/*
 * api_handlers.h - what answers at each address of the API (api.c lists
 * them). Each is in the file that its comment names.
 */
#ifndef MADAI_API_HANDLERS_H
#define MADAI_API_HANDLERS_H

#include "server.h"

#define API_HANDLER(name)                                                      \
    bool name(struct request *, json_t **answer, struct error *)

/* api_case.c */
API_HANDLER(api_session);
API_HANDLER(api_overview);
API_HANDLER(api_counts);
API_HANDLER(api_actors);
API_HANDLER(api_actor);
API_HANDLER(api_places);
API_HANDLER(api_place_months);
API_HANDLER(api_chronology);
/* api_documents.c */
API_HANDLER(api_documents);
API_HANDLER(api_document);
API_HANDLER(api_document_text);
API_HANDLER(api_document_findings);
API_HANDLER(api_document_ticket);
/* api_pages.c */
API_HANDLER(api_page_picture);
/* api_places.c */
API_HANDLER(api_document_places);
/* api_report.c */
API_HANDLER(api_report);
API_HANDLER(api_templates);
/* api_findings.c */
API_HANDLER(api_search);
API_HANDLER(api_finding);
API_HANDLER(api_reviews);
API_HANDLER(api_review);
/* api_links.c */
API_HANDLER(api_links);
API_HANDLER(api_link);
/* api_trust.c */
API_HANDLER(api_log);
API_HANDLER(api_trust);
API_HANDLER(api_checkpoint);
/* api_jobs.c */
API_HANDLER(api_upload);
API_HANDLER(api_job);
API_HANDLER(api_job_start);
API_HANDLER(api_job_stop);

#endif
