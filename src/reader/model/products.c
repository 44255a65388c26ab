/*
 * products.c - oneDNN's matmul, unsigned times signed bytes into 32 bits.
 *
 * Invariants
 *   1. Every primitive is made in products_new: nothing is compiled later.
 *      One exists for each shape of matrix and number of rows.
 *   2. The packed order of a matrix is the one that PRODUCT_ROWS rows prefer;
 *      the primitives for fewer rows are made for that same order.
 */
#include "products.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>

#include <oneapi/dnnl/dnnl.h>

#define ROW_COUNTS (PRODUCT_ROWS / PRODUCT_STEP)
#define SHAPES_MAX 16

/* libgomp's, without its header, which clang does not find. */
extern void omp_set_num_threads(int);
extern int omp_get_max_threads(void);

struct shape {
    size_t inputs, outputs;
    dnnl_memory_desc_t packed;
    dnnl_memory_desc_t from[ROW_COUNTS], to[ROW_COUNTS], scratch[ROW_COUNTS];
    dnnl_primitive_t run[ROW_COUNTS];
};

struct packed {
    size_t shape;
    dnnl_memory_t memory;
};

struct products {
    dnnl_engine_t engine;
    char name[64];
    size_t shape_count;
    struct shape shapes[SHAPES_MAX];
    size_t count;
    struct packed *matrices;
};

struct product_worker {
    const struct products *products;
    dnnl_stream_t stream;
    dnnl_memory_t from[SHAPES_MAX][ROW_COUNTS], to[SHAPES_MAX][ROW_COUNTS],
        scratch[SHAPES_MAX][ROW_COUNTS];
};

int products_one_thread(void)
{
    int before = omp_get_max_threads();
    omp_set_num_threads(1);
    return before;
}

void products_threads(int before) { omp_set_num_threads(before); }

static bool refused(dnnl_status_t status, const char *what, struct error *error)
{
    if (status == dnnl_success)
        return false;
    if (status == dnnl_out_of_memory)
        error_set(error, ERROR_LIMIT, "out of memory");
    else
        error_set(error, ERROR_IO, "oneDNN refuses %s (status %d)", what,
                  (int)status);
    return true;
}

/* AMX raises an illegal instruction with this oneDNN on some machines, so it
 * is capped, unless the environment asks for something of its own. oneDNN
 * takes this only before its first use in the process. */
static void cap_instructions(void)
{
#if defined(__x86_64__)
    const char *asked = getenv("ONEDNN_MAX_CPU_ISA");
    if (asked == NULL)
        asked = getenv("DNNL_MAX_CPU_ISA");
    if (asked == NULL || strcasecmp(asked, "ALL") == 0 ||
        strcasecmp(asked, "DEFAULT") == 0 || strcasestr(asked, "AMX") != NULL)
        (void)dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx512_core_bf16);
#endif
}

/* oneDNN crashes where it finds no memory for the code that it compiles, so
 * it is asked for beforehand: address space for the packed matrices, and what
 * all primitives together were measured to take (28 MB), with some to spare. */
static bool has_room(const struct product_matrix *matrices, size_t count,
                     struct error *error)
{
    size_t bytes = (size_t)40 << 20;
    for (size_t i = 0; i < count; i++)
        bytes += matrices[i].inputs * matrices[i].outputs;
    void *room = mmap(NULL, bytes, PROT_NONE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED)
        return error_set(error, ERROR_LIMIT,
                         "not enough memory to load it "
                         "(madai needs some 150 MB)");
    munmap(room, bytes);
    return true;
}

static bool matrix_desc(dnnl_memory_desc_t *desc, size_t rows, size_t columns,
                        dnnl_data_type_t type, dnnl_format_tag_t tag,
                        struct error *error)
{
    const dnnl_dims_t sizes = {(dnnl_dim_t)rows, (dnnl_dim_t)columns};
    return !refused(dnnl_memory_desc_init_by_tag(desc, 2, sizes, type, tag),
                    "a matrix", error);
}

/* The primitive for (number + 1) * PRODUCT_STEP rows; the packed order is
 * chosen where `packed` is NULL, and kept in the shape. */
static bool shape_prepare(struct products *products, struct shape *shape,
                          size_t number, const dnnl_memory_desc_t *packed,
                          struct error *error)
{
    const size_t rows = (number + 1) * PRODUCT_STEP;
    dnnl_memory_desc_t any;
    if (!matrix_desc(&shape->from[number], rows, shape->inputs, dnnl_u8,
                     dnnl_ab, error) ||
        !matrix_desc(&shape->to[number], rows, shape->outputs, dnnl_s32,
                     dnnl_ab, error) ||
        !matrix_desc(&any, shape->inputs, shape->outputs, dnnl_s8,
                     dnnl_format_tag_any, error))
        return false;
    dnnl_matmul_desc_t wanted;
    if (refused(dnnl_matmul_desc_init(&wanted, &shape->from[number],
                                      packed != NULL ? packed : &any, NULL,
                                      &shape->to[number]),
                "a product", error))
        return false;
    dnnl_primitive_attr_t attributes;
    if (refused(dnnl_primitive_attr_create(&attributes), "attributes", error))
        return false;
    (void)dnnl_primitive_attr_set_scratchpad_mode(attributes,
                                                  dnnl_scratchpad_mode_user);
    dnnl_primitive_desc_t found;
    dnnl_status_t status = dnnl_primitive_desc_create(
        &found, &wanted, attributes, products->engine, NULL);
    dnnl_primitive_attr_destroy(attributes);
    if (refused(status, "a product", error))
        return false;
    shape->packed =
        *dnnl_primitive_desc_query_md(found, dnnl_query_weights_md, 0);
    shape->scratch[number] =
        *dnnl_primitive_desc_query_md(found, dnnl_query_scratchpad_md, 0);
    const char *name = "";
    dnnl_primitive_desc_query(found, dnnl_query_impl_info_str, 0,
                              (void *)&name);
    snprintf(products->name, sizeof products->name, "%s", name);
    status = dnnl_primitive_create(&shape->run[number], found);
    dnnl_primitive_desc_destroy(found);
    return !refused(status, "a product", error);
}

static bool shape_find(struct products *products, size_t inputs, size_t outputs,
                       size_t *place, struct error *error)
{
    for (*place = 0; *place < products->shape_count; (*place)++) {
        const struct shape *shape = &products->shapes[*place];
        if (shape->inputs == inputs && shape->outputs == outputs)
            return true;
    }
    if (products->shape_count == SHAPES_MAX)
        return error_set(error, ERROR_LIMIT, "too many shapes of matrices");
    struct shape *shape = &products->shapes[products->shape_count++];
    shape->inputs = inputs;
    shape->outputs = outputs;
    if (!shape_prepare(products, shape, ROW_COUNTS - 1, NULL, error))
        return false;
    const dnnl_memory_desc_t packed = shape->packed;
    for (size_t i = 0; i + 1 < ROW_COUNTS; i++)
        if (!shape_prepare(products, shape, i, &packed, error))
            return false;
    return true;
}

static bool matrix_pack(struct products *products, dnnl_stream_t stream,
                        const struct product_matrix *matrix,
                        struct packed *packed, struct error *error)
{
    if (!shape_find(products, matrix->inputs, matrix->outputs, &packed->shape,
                    error))
        return false;
    const dnnl_memory_desc_t *order = &products->shapes[packed->shape].packed;
    dnnl_memory_desc_t plain;
    if (!matrix_desc(&plain, matrix->inputs, matrix->outputs, dnnl_s8, dnnl_ba,
                     error) ||
        refused(dnnl_memory_create(&packed->memory, order, products->engine,
                                   DNNL_MEMORY_ALLOCATE),
                "memory", error))
        return false;

    dnnl_memory_t from = NULL;
    dnnl_primitive_desc_t wanted = NULL;
    dnnl_primitive_t reorder = NULL;
    dnnl_status_t status = dnnl_memory_create(
        &from, &plain, products->engine, (void *)(uintptr_t)matrix->numbers);
    if (status == dnnl_success)
        status = dnnl_reorder_primitive_desc_create(
            &wanted, &plain, products->engine, order, products->engine, NULL);
    if (status == dnnl_success)
        status = dnnl_primitive_create(&reorder, wanted);
    const dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, from},
                                         {DNNL_ARG_TO, packed->memory}};
    if (status == dnnl_success)
        status = dnnl_primitive_execute(reorder, stream, 2, arguments);
    if (status == dnnl_success)
        status = dnnl_stream_wait(stream);
    if (reorder != NULL)
        dnnl_primitive_destroy(reorder);
    if (wanted != NULL)
        dnnl_primitive_desc_destroy(wanted);
    if (from != NULL)
        dnnl_memory_destroy(from);
    return !refused(status, "a packed matrix", error);
}

static bool matrices_pack(struct products *products,
                          const struct product_matrix *matrices, size_t count,
                          struct error *error)
{
    dnnl_stream_t stream;
    if (refused(dnnl_stream_create(&stream, products->engine,
                                   dnnl_stream_default_flags),
                "a stream", error))
        return false;
    bool is_packed = true;
    for (; is_packed && products->count < count; products->count++)
        is_packed = matrix_pack(products, stream, &matrices[products->count],
                                &products->matrices[products->count], error);
    dnnl_stream_destroy(stream);
    return is_packed;
}

struct products *products_new(const struct product_matrix *matrices,
                              size_t count, struct error *error)
{
    cap_instructions();
    struct products *products = calloc(1, sizeof *products);
    if (products != NULL)
        products->matrices = calloc(count + 1, sizeof *products->matrices);
    if (products == NULL || products->matrices == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        products_free(products);
        return NULL;
    }
    const int before = products_one_thread();
    const bool is_ready =
        has_room(matrices, count, error) &&
        !refused(dnnl_engine_create(&products->engine, dnnl_cpu, 0),
                 "an engine", error) &&
        matrices_pack(products, matrices, count, error);
    products_threads(before);
    if (is_ready)
        return products;
    products_free(products);
    return NULL;
}

void products_free(struct products *products)
{
    if (products == NULL)
        return;
    for (size_t i = 0; i < products->count; i++)
        if (products->matrices[i].memory != NULL)
            dnnl_memory_destroy(products->matrices[i].memory);
    for (size_t i = 0; i < products->shape_count; i++)
        for (size_t j = 0; j < ROW_COUNTS; j++)
            if (products->shapes[i].run[j] != NULL)
                dnnl_primitive_destroy(products->shapes[i].run[j]);
    if (products->engine != NULL)
        dnnl_engine_destroy(products->engine);
    free(products->matrices);
    free(products);
}

const char *products_name(const struct products *products)
{
    return products->name;
}

static bool worker_prepare(struct product_worker *worker, size_t i, size_t j,
                           struct error *error)
{
    const struct shape *shape = &worker->products->shapes[i];
    dnnl_engine_t engine = worker->products->engine;
    return !refused(dnnl_memory_create(&worker->from[i][j], &shape->from[j],
                                       engine, DNNL_MEMORY_NONE),
                    "memory", error) &&
           !refused(dnnl_memory_create(&worker->to[i][j], &shape->to[j], engine,
                                       DNNL_MEMORY_NONE),
                    "memory", error) &&
           !refused(dnnl_memory_create(&worker->scratch[i][j],
                                       &shape->scratch[j], engine,
                                       DNNL_MEMORY_ALLOCATE),
                    "memory", error);
}

struct product_worker *product_worker_new(const struct products *products,
                                          struct error *error)
{
    struct product_worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    worker->products = products;
    bool is_ready =
        !refused(dnnl_stream_create(&worker->stream, products->engine,
                                    dnnl_stream_default_flags),
                 "a stream", error);
    for (size_t i = 0; i < products->shape_count; i++)
        for (size_t j = 0; j < ROW_COUNTS; j++)
            is_ready = is_ready && worker_prepare(worker, i, j, error);
    if (is_ready)
        return worker;
    product_worker_free(worker);
    return NULL;
}

static void memory_free(dnnl_memory_t memory)
{
    if (memory != NULL)
        dnnl_memory_destroy(memory);
}

void product_worker_free(struct product_worker *worker)
{
    if (worker == NULL)
        return;
    for (size_t i = 0; i < SHAPES_MAX; i++)
        for (size_t j = 0; j < ROW_COUNTS; j++) {
            memory_free(worker->from[i][j]);
            memory_free(worker->to[i][j]);
            memory_free(worker->scratch[i][j]);
        }
    if (worker->stream != NULL)
        dnnl_stream_destroy(worker->stream);
    free(worker);
}

bool product_run(struct product_worker *worker, size_t matrix,
                 const uint8_t *rows, size_t count, int32_t *sums,
                 struct error *error)
{
    const struct packed *packed = &worker->products->matrices[matrix];
    const size_t i = packed->shape;
    const size_t j = count / PRODUCT_STEP - 1;
    dnnl_status_t status = dnnl_memory_set_data_handle(worker->from[i][j],
                                                       (void *)(uintptr_t)rows);
    if (status == dnnl_success)
        status = dnnl_memory_set_data_handle(worker->to[i][j], sums);
    const dnnl_exec_arg_t arguments[] = {
        {DNNL_ARG_SRC, worker->from[i][j]},
        {DNNL_ARG_WEIGHTS, packed->memory},
        {DNNL_ARG_DST, worker->to[i][j]},
        {DNNL_ARG_SCRATCHPAD, worker->scratch[i][j]},
    };
    if (status == dnnl_success)
        status = dnnl_primitive_execute(worker->products->shapes[i].run[j],
                                        worker->stream, 4, arguments);
    if (status == dnnl_success)
        status = dnnl_stream_wait(worker->stream);
    return !refused(status, "to multiply", error);
}
