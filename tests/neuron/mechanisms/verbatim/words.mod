TITLE Texts, files, floats and the random numbers of C's library, in VERBATIM

NEURON {
    SUFFIX words
    RANGE verbose, lines
}

VERBATIM
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>

static char filename[200];
static float factor = 0.1;

static double longest(const char* a, const char* b) {
    const char* found = strlen(a) >= strlen(b) ? a : b;
    return strlen(found) + 0.01*(found[0] == 'z') + 0.001*(*found == 'a');
}
ENDVERBATIM

ASSIGNED {
    verbose
    lines
}

PROCEDURE remember() {
VERBATIM
    verbose = (float) *getarg(1);
    strcpy(filename, gargstr(2));
ENDVERBATIM
}

FUNCTION longer() {
VERBATIM
    _llonger = longest(gargstr(1), gargstr(2));
ENDVERBATIM
}

FUNCTION same() {
VERBATIM
    char* given = gargstr(1);
    if (strcmp(given, "one") == 0) {
        return 1;
    } else if (!strncmp(given, "two and", 3)) {
        return 2;
    }
    _lsame = -atof(given) - (given == NULL);
ENDVERBATIM
}

FUNCTION write() {
VERBATIM
    char line[100], head[20] = "head";
    int i;
    FILE* file = fopen(filename, "w");
    if (!file) {
        return -1;
    }
    strcat(head, ":");
    sprintf(line, "%s %-6s|%5.2f %d%c\n", head, "ab", 2.5, 7, 'x');
    fputs(line, file);
    for (i = 0; i < 3; i++) {
        fprintf(file, "%d %g\n", i, i*(*getarg(1)));
    }
    fclose(file);
    _lwrite = strlen(line);
ENDVERBATIM
}

FUNCTION read() {
VERBATIM
    char line[100];
    int n = 0, number;
    double value, sum = 0;
    FILE* file = fopen(filename, "r");
    if (file == NULL) {
        return -1;
    }
    if (fgets(line, 100, file)) {
        lines = strlen(line) + (line[0] == 'h');
    }
    while (fscanf(file, "%d %lf", &number, &value) == 2) {
        n++;
        sum += number*value;
    }
    if (feof(file)) {
        n += 100;
    }
    fclose(file);
    _lread = n + sum/1000;
ENDVERBATIM
}

FUNCTION drawn(seed, which) {
VERBATIM
    if (_lwhich == 0) {
        srand48((long)_lseed);
        drand48();
        return drand48() + lrand48();
    } else if (_lwhich == 1) {
        srand((unsigned)_lseed);
        rand();
        return rand()%1000 + (double)rand()/RAND_MAX;
    }
    srandom((unsigned)_lseed);
    _ldrawn = random();
ENDVERBATIM
}

FUNCTION floats(x) {
VERBATIM
    float a = _lx, b = 3;
    float c = a/b + factor;
    c += 1;
    _lfloats = c*1.0 + round(_lx*100) + (float)(1.0/3.0) + (isfinite(c) ? 0.5 : 0);
ENDVERBATIM
}
