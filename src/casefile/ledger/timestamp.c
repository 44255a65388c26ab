/*
 * timestamp.c - RFC 3161 by libcrypto.
 *
 * libcrypto fails for want of memory only, except where it judges; so its
 * refusals while something is built are ERROR_LIMIT.
 */
#include "timestamp.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <sodium.h>

#include "digest.h"

static bool no_memory(struct error *error)
{
    ERR_clear_error();
    return error_set(error, ERROR_LIMIT, "no memory for the time stamp");
}

static bool imprint_set(TS_REQ *request, struct slice note)
{
    struct digest digest = digest_of(note);
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    bool is_set = imprint != NULL && algorithm != NULL &&
                  X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256),
                                  V_ASN1_NULL, NULL) == 1 &&
                  TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
                  TS_MSG_IMPRINT_set_msg(imprint, digest.bytes,
                                         sizeof digest.bytes) == 1 &&
                  TS_REQ_set_msg_imprint(request, imprint) == 1;
    X509_ALGOR_free(algorithm); /* both were copied */
    TS_MSG_IMPRINT_free(imprint);
    return is_set;
}

static bool nonce_set(TS_REQ *request)
{
    uint64_t number;
    randombytes_buf(&number, sizeof number);
    ASN1_INTEGER *nonce = ASN1_INTEGER_new();
    bool is_set = nonce != NULL &&
                  ASN1_INTEGER_set_uint64(nonce, number) == 1 &&
                  TS_REQ_set_nonce(request, nonce) == 1;
    ASN1_INTEGER_free(nonce);
    return is_set;
}

bool timestamp_query(struct arena *arena, struct slice note,
                     struct slice *query, struct error *error)
{
    TS_REQ *request = TS_REQ_new();
    unsigned char *encoded = NULL;
    int length = -1;
    if (request != NULL && TS_REQ_set_version(request, 1) == 1 &&
        TS_REQ_set_cert_req(request, 1) == 1 && imprint_set(request, note) &&
        nonce_set(request))
        length = i2d_TS_REQ(request, &encoded);
    char *bytes = NULL;
    if (length < 0)
        no_memory(error);
    else
        bytes = arena_string(
            arena, (struct slice){(const char *)encoded, (size_t)length},
            error);
    OPENSSL_free(encoded);
    TS_REQ_free(request);
    if (bytes == NULL)
        return false;
    *query = (struct slice){bytes, (size_t)length};
    return true;
}

/* Everything an answer is judged with; all of it freed at the end. */
struct judgement {
    TS_RESP *answer;
    TS_REQ *query; /* or NULL: not known */
    X509_STORE *trusted;
    TS_VERIFY_CTX *context;
};

static bool answer_read(struct slice bytes, TS_RESP **answer,
                        struct error *error)
{
    const unsigned char *at = (const unsigned char *)bytes.data;
    if (bytes.length > 0 && bytes.length <= TIMESTAMP_BYTES_MAX)
        *answer = d2i_TS_RESP(NULL, &at, (long)bytes.length);
    return (*answer != NULL &&
            at == (const unsigned char *)bytes.data + bytes.length) ||
           error_set(error, ERROR_CORRUPT,
                     "not an answer to a time stamp query");
}

static bool query_read(struct slice bytes, TS_REQ **query, struct error *error)
{
    const unsigned char *at = (const unsigned char *)bytes.data;
    if (bytes.length == 0)
        return true;
    if (bytes.length <= TIMESTAMP_BYTES_MAX)
        *query = d2i_TS_REQ(NULL, &at, (long)bytes.length);
    return *query != NULL ||
           error_set(error, ERROR_CORRUPT, "not a time stamp query");
}

static bool trusted_read(struct slice pem, X509_STORE **store,
                         struct error *error)
{
    size_t count = 0;
    X509 *certificate;
    BIO *bytes = pem.length <= TIMESTAMP_BYTES_MAX
                     ? BIO_new_mem_buf(pem.data, (int)pem.length)
                     : NULL;
    *store = X509_STORE_new();
    while (bytes != NULL && *store != NULL &&
           (certificate = PEM_read_bio_X509(bytes, NULL, NULL, NULL)) != NULL) {
        count += X509_STORE_add_cert(*store, certificate) == 1;
        X509_free(certificate);
    }
    BIO_free(bytes);
    ERR_clear_error(); /* the end of a PEM file is an error too */
    return count > 0 ||
           error_set(error, ERROR_BAD_INPUT, "no certificate (PEM) to trust");
}

/* Granted, or granted with changes. */
static bool answer_is_granted(TS_RESP *answer, struct error *error)
{
    TS_STATUS_INFO *status = TS_RESP_get_status_info(answer);
    long code = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
    return code == TS_STATUS_GRANTED || code == TS_STATUS_GRANTED_WITH_MODS ||
           error_set(error, ERROR_BAD_INPUT,
                     "the authority refused the time stamp (status %ld)", code);
}

/* libcrypto compares the digest and would take one of another kind. */
static bool imprint_is_sha256(TS_TST_INFO *info)
{
    const ASN1_OBJECT *kind;
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    X509_ALGOR_get0(&kind, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
    return OBJ_obj2nid(kind) == NID_sha256;
}

static bool nonce_agrees(const TS_REQ *query, const TS_TST_INFO *info)
{
    if (query == NULL)
        return true;
    const ASN1_INTEGER *asked = TS_REQ_get_nonce(query);
    const ASN1_INTEGER *given = TS_TST_INFO_get_nonce(info);
    if (asked == NULL)
        return given == NULL;
    return given != NULL && ASN1_INTEGER_cmp(asked, given) == 0;
}

static bool time_read(const TS_TST_INFO *info, struct tm *time)
{
    return ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), time) == 1;
}

static bool judge(struct judgement *judgement, struct slice note,
                  struct tm *time, struct error *error)
{
    TS_TST_INFO *info = TS_RESP_get_tst_info(judgement->answer);
    if (info == NULL || !imprint_is_sha256(info) || !time_read(info, time))
        return error_set(error, ERROR_TAMPERED, "not a time stamp of ours");
    if (!nonce_agrees(judgement->query, info))
        return error_set(error, ERROR_TAMPERED,
                         "the answer belongs to another query");
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(judgement->trusted),
                               timegm(time));
    struct digest digest = digest_of(note);
    unsigned char *imprint = OPENSSL_memdup(digest.bytes, sizeof digest.bytes);
    judgement->context = TS_VERIFY_CTX_new();
    if (judgement->context == NULL || imprint == NULL) {
        OPENSSL_free(imprint);
        return no_memory(error);
    }
    TS_VERIFY_CTX_set_flags(judgement->context,
                            TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_SIGNATURE);
    TS_VERIFY_CTX_set_imprint(judgement->context, imprint, sizeof digest.bytes);
    TS_VERIFY_CTX_set_store(judgement->context, judgement->trusted);
    judgement->trusted = NULL; /* the context frees it */
    if (TS_RESP_verify_response(judgement->context, judgement->answer) == 1)
        return true;
    const char *why = ERR_reason_error_string(ERR_peek_last_error());
    error_set(error, ERROR_TAMPERED, "the time stamp does not hold: %s",
              why != NULL ? why : "no reason given");
    ERR_clear_error();
    return false;
}

static void name_of_signer(TS_RESP *answer, char name[TIMESTAMP_NAME_SIZE])
{
    STACK_OF(X509) *signers =
        PKCS7_get0_signers(TS_RESP_get_token(answer), NULL, 0);
    BIO *text = BIO_new(BIO_s_mem());
    int length = 0;
    if (signers != NULL && text != NULL &&
        X509_NAME_print_ex(text,
                           X509_get_subject_name(sk_X509_value(signers, 0)), 0,
                           XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) >= 0)
        length = BIO_read(text, name, TIMESTAMP_NAME_SIZE - 1);
    name[length > 0 ? length : 0] = '\0';
    BIO_free(text);
    sk_X509_free(signers);
}

static void judgement_free(struct judgement *judgement)
{
    TS_VERIFY_CTX_free(judgement->context);
    X509_STORE_free(judgement->trusted);
    TS_REQ_free(judgement->query);
    TS_RESP_free(judgement->answer);
    ERR_clear_error();
}

bool timestamp_check(struct slice answer, struct slice query, struct slice note,
                     struct slice trusted, struct timestamp *stamp,
                     struct error *error)
{
    struct judgement judgement = {0};
    struct tm time;
    bool holds = answer_read(answer, &judgement.answer, error) &&
                 query_read(query, &judgement.query, error) &&
                 trusted_read(trusted, &judgement.trusted, error) &&
                 answer_is_granted(judgement.answer, error) &&
                 judge(&judgement, note, &time, error);
    if (holds) {
        *stamp = (struct timestamp){0};
        strftime(stamp->time, sizeof stamp->time, "%Y-%m-%dT%H:%M:%SZ", &time);
        name_of_signer(judgement.answer, stamp->authority);
    }
    judgement_free(&judgement);
    return holds;
}
