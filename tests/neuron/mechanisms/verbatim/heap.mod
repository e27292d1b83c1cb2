: Memory that C asks for: structures, lists of them, arrays of pointers, what an instance keeps.
NEURON {
    POINT_PROCESS heap
    RANGE sum, last
    POINTER store
}
VERBATIM
#include <stdlib.h>
#include <string.h>

typedef unsigned char level;

struct Reading {
    double time;
    int number;
    level kind;
    float weight[3];
    struct Reading* next;
};

typedef struct {
    short count;
    struct Reading* first;
    double** rows;
    char* name;
    char letters[8];
} Book;

#define BOOK (*((Book**) &(_p_store)))

static Book* latest = NULL;
static int made = 0;
static double sums[2];
static double table[2][3];

static struct Reading* reading(double time, int number) {
    struct Reading* r = (struct Reading*) calloc(1, sizeof(struct Reading));
    r->time = time;
    r->number = number;
    r->kind = (level) (number + 250);
    for (int i = 0; i < 3; i++) {
        r->weight[i] = 0.1*(i + number);
    }
    r->next = NULL;
    return r;
}

static double total(double* values, int count) {
    double all = 0;
    double* at = values;
    while (at < values + count) {
        all += *at++;
    }
    return all;
}

static void fill(double* values, int count, double with) {
    for (int i = 0; i < count; i++) {
        values[i] = with*i;
    }
}
ENDVERBATIM

ASSIGNED { sum last store }

CONSTRUCTOR {
    VERBATIM
    {
        Book* book = (Book*) malloc(sizeof(Book));
        memset(book, 0, sizeof(Book));
        _p_store = (double*) book;
        strcpy(book->letters, "ab");
        latest = book;
        made += 1;
    }
    ENDVERBATIM
}
DESTRUCTOR {
    VERBATIM
    {
        struct Reading* r = BOOK->first;
        while (r) {
            struct Reading* next = r->next;
            free(r);
            r = next;
        }
        free(BOOK);
    }
    ENDVERBATIM
}
INITIAL { sum = 0 last = 0 }

NET_RECEIVE (w) {
    VERBATIM
    {
        Book* book = BOOK;
        struct Reading* r = reading(t, book->count);
        r->next = book->first;
        book->first = r;
        book->count++;
        sum += r->weight[1] + r->kind;
        last = book->first->next ? book->first->next->time : -1;
    }
    ENDVERBATIM
}
FUNCTION count() {
    VERBATIM
    _lcount = BOOK->count;
    ENDVERBATIM
}
FUNCTION times(n) {
    VERBATIM
    Book* book = (Book*) _p_store;
    struct Reading* r = book->first;
    int i;
    for (i = 0; r && i < (int) _ln; i++, r = r->next) { }
    _ltimes = r ? r->time : -1;
    ENDVERBATIM
}
: A table of rows of different lengths, which grows.
FUNCTION triangle(n) {
    VERBATIM
    int i, j, n = (int) _ln;
    Book* book = BOOK;
    book->rows = (double**) malloc(n*sizeof(double*));
    for (i = 0; i < n; i++) {
        book->rows[i] = (double*) malloc((i + 1)*sizeof(double));
        fill(book->rows[i], i + 1, 0.5);
    }
    book->rows[n - 1] = (double*) realloc(book->rows[n - 1], 2*n*sizeof(double));
    for (j = n; j < 2*n; j++) {
        *(book->rows[n - 1] + j) = 100;
    }
    _ltriangle = 0;
    for (i = 0; i < n; i++) {
        _ltriangle += total(book->rows[i], i == n - 1 ? 2*n : i + 1);
        free(book->rows[i]);
    }
    free(book->rows);
    book->rows = nullptr;
    ENDVERBATIM
}
FUNCTION sizes(n) {
    VERBATIM
    Book b_size;
    struct Reading* r = BOOK->first;
    switch ((int) _ln) {
        case 0: _lsizes = sizeof(Book); break;
        case 1: _lsizes = sizeof(struct Reading); break;
        case 2: _lsizes = sizeof(r->weight[0]); break;
        case 3: _lsizes = sizeof(level)*100 + sizeof(double*); break;
    }
    ENDVERBATIM
}
FUNCTION spelled(n) {
    VERBATIM
    char* s = BOOK->letters;
    s[2] = 'c' + (int) _ln;
    s[3] = '\0';
    _lspelled = strlen(s) + s[2] + (strcmp(BOOK->letters, "abc") == 0 ? 1000 : 0);
    ENDVERBATIM
}
: What is static, and shared by all.
FUNCTION shared(n) {
    VERBATIM
    sums[0] += _ln;
    table[1][2] += 2*_ln;
    table[0][1] = made;
    _lshared = sums[0] + table[1][2] + table[0][1] + latest->count + (latest == BOOK);
    ENDVERBATIM
}
: A Vector, through pointers that a structure keeps.
FUNCTION through() {
    VERBATIM
    double* x;
    int n = vector_arg_px(1, &x);
    double** holder = (double**) malloc(sizeof(double*));
    *holder = x;
    for (int i = 0; i < n; i++) {
        (*holder)[i] *= 2;
    }
    memcpy(x, x + n/2, (n - n/2)*sizeof(double));
    _lthrough = total(*holder, n) + (&x[n] - *holder);
    free(holder);
    ENDVERBATIM
}
