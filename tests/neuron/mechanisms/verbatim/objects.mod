COMMENT
Objects of the caller's in C: Lists of Vectors, Files, variables for texts, and functions whose variables
have addresses.
ENDCOMMENT

NEURON {
    SUFFIX nothing
}

VERBATIM
#include <stdio.h>
#include <unistd.h>
#include <errno.h>

#define MOST 5

static double* resized(void* vv, int n) {
    vector_resize((IvocVect*)vv, n);
    return vector_vec((IvocVect*)vv);
}

struct range {
    double low, high;
    int count[2];
};

static void look(double* x, int n, struct range* r) {
    int i;
    r->low = r->high = x[0];
    r->count[0] = r->count[1] = 0;
    for (i = 0; i < n; i++) {
        if (x[i] < r->low) r->low = x[i];
        if (x[i] > r->high) r->high = x[i];
        r->count[x[i] > 0.]++;
    }
}

static int item(Object* list, int i, double** px) {
    Object* object = ivoc_list_item(list, i);
    int n;
    if (!object) return -1;
    n = vector_capacity((IvocVect*)object->u.this_pointer);
    *px = vector_vec((IvocVect*)object->u.this_pointer);
    return n;
}

static void divide(double a, double b, double* whole, int* rest) {
    *whole = floor(a / b);
    *rest = (int)a % (int)b;
}

/* sums of the columns of a List of Vectors, into this Vector */
static double columns(void* vv) {
    Object* list;
    double *x[MOST], *sum;
    int i, j, n[MOST], count, longest = 0;
    list = *hoc_objgetarg(1);
    count = ivoc_list_count(list);
    if (count > MOST) hoc_execerror("too many Vectors", 0);
    for (i = 0; i < count; i++) {
        n[i] = item(list, i, &x[i]);
        if (n[i] > longest) longest = n[i];
    }
    sum = resized(vv, longest);
    if (vector_buffer_size((IvocVect*)vv) < longest) return -1.;
    for (j = 0; j < longest; j++) sum[j] = 0.;
    for (i = 0; i < count; i++)
        for (j = 0; j < n[i]; j++) sum[j] += x[i][j];
    return (double)count;
}
ENDVERBATIM

PROCEDURE install_objects() {
    VERBATIM
    install_vector_method("columns", columns);
    ENDVERBATIM
}

FUNCTION extent(which) {
    VERBATIM
    struct range r;
    double* x;
    int n = vector_arg_px(2, &x);
    look(x, n, &r);
    if (_lwhich < 2) _lextent = _lwhich ? r.high : r.low;
    else _lextent = r.count[(int)_lwhich - 2];
    ENDVERBATIM
}

FUNCTION divided(a, b) {
    VERBATIM
    double whole;
    int rest, table[2][3] = {{1, 2, 3}, {10, 20, 30}};
    divide(_la, _lb, &whole, &rest);
    _ldivided = whole + rest / 100. + table[1][rest % 3];
    ENDVERBATIM
}

: a pointer into the first or the second of two Vectors
FUNCTION either(first) {
    VERBATIM
    double *a, *b, *x;
    int i, n, m;
    n = vector_arg_px(2, &a);
    m = vector_arg_px(3, &b);
    if (_lfirst) { x = a; } else { x = b; n = m; }
    _leither = 0;
    while (n-- > 0) _leither += *x++;
    ENDVERBATIM
}

PROCEDURE join() {
    VERBATIM
    char text[100], *end;
    char** into;
    int i;
    strcpy(text, gargstr(2));
    end = text + strlen(text);
    *end++ = '-';
    strcpy(end, gargstr(3));
    for (i = 0; text[i]; i++) if (text[i] == ' ') text[i] = '_';
    into = hoc_pgargstr(1);
    hoc_assign_str(into, text);
    ENDVERBATIM
}

FUNCTION save() {
    VERBATIM
    FILE* f = hoc_obj_file_arg(1);
    double* x;
    int n = vector_arg_px(2, &x);
    fwrite(&n, sizeof(int), 1, f);
    fwrite(x, sizeof(double), n, f);
    fputc('!', f);
    _lsave = ftell(f);
    ENDVERBATIM
}

FUNCTION restore() {
    VERBATIM
    FILE* f = hoc_obj_file_arg(1);
    int n, c;
    double* x;
    _lrestore = fread(&n, sizeof(int), 1, f);
    x = resized(vector_arg(2), n);
    _lrestore += fread(x, sizeof(double), n, f);
    c = fgetc(f);
    if (c != '!') _lrestore = -1;
    ENDVERBATIM
}

FUNCTION size_of_file() {
    VERBATIM
    FILE* f;
    errno = 0;
    f = fopen(gargstr(1), "rb");
    if (!f) {
        _lsize_of_file = -errno;
    } else {
        fseek(f, 0, SEEK_END);
        _lsize_of_file = ftell(f);
        rewind(f);
        if (getc(f) == EOF) _lsize_of_file = 0;
        fclose(f);
    }
    ENDVERBATIM
}
