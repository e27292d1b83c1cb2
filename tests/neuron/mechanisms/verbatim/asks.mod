COMMENT
What C asks of the system, of hoc, of other files and of a Random; places in texts; tables that it has made.
ENDCOMMENT

NEURON {
    SUFFIX nothing
}

VERBATIM
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/time.h>
#include <unistd.h>
extern double SHARED_FACTOR;

static int words(const char* text) {
    int count = 0;
    const char* at = text;
    while (*at) {
        while (*at == ' ') at++;
        if (*at) count++;
        while (*at && *at != ' ') ++at;
    }
    return count;
}
ENDVERBATIM

FUNCTION temporary() {
    VERBATIM
    _ltemporary = hoc_is_tempobj_arg(1);
    ENDVERBATIM
}

FUNCTION scaled(x) {
    VERBATIM
    _lscaled = SHARED_FACTOR * _lx;
    ENDVERBATIM
}

FUNCTION count_words() {
    VERBATIM
    char* text = gargstr(1);
    char copy[80];
    strcpy(copy, text);
    copy[strlen(copy) / 2] = ' ';
    _lcount_words = words(text) + 100 * words(copy) + 10000 * words(text + 4);
    ENDVERBATIM
}

FUNCTION printed_number() {
    VERBATIM
    double number;
    FILE* pipe = popen(gargstr(1), "r");
    if (!pipe || fscanf(pipe, "%lf", &number) != 1) number = -1.;
    if (pipe) pclose(pipe);
    _lprinted_number = number;
    ENDVERBATIM
}

FUNCTION waited(seconds) {
    VERBATIM
    struct timeval before, after;
    struct timespec ts;
    gettimeofday(&before, NULL);
    ts.tv_sec = (time_t)_lseconds;
    ts.tv_nsec = (long)((_lseconds - ts.tv_sec) * 1e9);
    nanosleep(&ts, (struct timespec*)0);
    gettimeofday(&after, NULL);
    _lwaited = (after.tv_sec - before.tv_sec) + 1e-6 * (after.tv_usec - before.tv_usec);
    ENDVERBATIM
}

PROCEDURE tell() {
    VERBATIM
    char command[200], folder[2000];
    getcwd(folder, 2000);
    sprintf(command, "execute1(\"told = %d\")\n", (int)strlen(gargstr(1)));
    hoc_oc(command);
    sprintf(command, "told += %d\n", folder[0] == '/');
    hoc_oc(command);
    ENDVERBATIM
}

FUNCTION sequence() {
    VERBATIM
    Rand* random = nrn_random_arg(1);
    long before = nrn_get_random_sequence(random);
    if (ifarg(2)) nrn_set_random_sequence(random, (long)*getarg(2));
    _lsequence = before;
    ENDVERBATIM
}

FUNCTION square(x) {
    TABLE FROM 0 TO 4 WITH 4
    square = x * x
}

FUNCTION tabulated(x) {
    VERBATIM
    _check_square();
    _ltabulated = square(_lx);
    ENDVERBATIM
}
