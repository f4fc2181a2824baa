GNU make.

### rules and prerequisites
printf 'all: out\n\nout: in\n\tsort in > out\n\t@echo made $@ from $<\n\nclean:\n\trm -f out\n.PHONY: all clean\n' > Makefile; printf 'b\na\n' > in; make; cat out; make; touch -d '2020-01-01' out; make out; make clean; ls; make -n; make -s; make -q; echo $?; make -t; make --always-make

### variables and functions
cat > Makefile <<'END'
SRCS = a.c b.c sub/c.c
OBJS := $(SRCS:.c=.o)
CC ?= gcc
CFLAGS += -O2
X = $(Y)
Y := late
define block
line one
line two
endef
export ENVIRONED = yes
all:
	@echo $(OBJS) $(patsubst %.c,%.d,$(SRCS)) $(notdir $(SRCS)) $(dir sub/c.c) $(basename a.c) $(suffix a.c)
	@echo '$(X) $(CC) $(CFLAGS) $(words $(SRCS)) $(word 2,$(SRCS)) $(filter %.c,$(SRCS) x.h) $(sort c b a b)'
	@echo "$(subst a,A,banana) $(strip   a   b ) $(if $(X),yes,no) $(foreach v,1 2 3,<$(v)>) $(shell echo from shell)"
	@echo $(firstword a b) $(lastword a b) $(addprefix p-,a b) $(addsuffix .s,a b) $(join a b,1 2) $(wordlist 2,3,a b c d)
	@echo $$ENVIRONED $$HOME $(HOME) $(origin X) $(flavor Y) '$(value X)' $(or ,b) $(and a,b) $(findstring a,banana)
	$(info $(block))
	@echo '$(call pair,1,2)' $(realpath .) $(abspath x/../y) $(wildcard M*)
pair = ($(1),$(2))
END
make; make Y=cmd CFLAGS=-g | tail -n 1; CC=clang make -e | sed -n 4p; make X=1 | sed -n 4p

### pattern rules and automatic variables
cat > Makefile <<'END'
all: a.out b.out sum
%.out: %.in common
	@echo '$@ $< $^ $* $(@D) $(@F) $?'
	@tr a-z A-Z < $< > $@
sum: a.out b.out | dir
	@cat $^ > $@; echo '$+ | $|'
dir: ; @mkdir $@
.SUFFIXES: .x .y
.x.y: ; @echo suffix $< $@
END
echo a > a.in; echo b > b.in; touch common; make; cat sum; make; touch q.x; make q.y; rm a.out; make -d 2>/dev/null | grep -c 'Must remake'; make -rR -p -f /dev/null 2>/dev/null | grep -c '^# GNU'

### conditionals, includes, override
cat > Makefile <<'END'
include vars.mk
-include nosuch.mk
ifeq ($(MODE),debug)
FLAGS = -g
else ifneq (,$(filter fast,$(MODE)))
FLAGS = -O3
else
FLAGS = -O2
endif
ifdef VERBOSE
Q =
else
Q = @
endif
all: ; $(Q)echo $(FLAGS) $(NAME) $(MAKECMDGOALS) $(MAKELEVEL)
sub: ; @$(MAKE) --no-print-directory all MODE=debug
override NAME += !
END
echo 'NAME = demo' > vars.mk; make; make MODE=debug; make MODE=fast VERBOSE=1; make sub; make NAME=x all; echo 'all: ; @echo other' > GNUmakefile; make; make -f vars.mk; echo $?; make -f Makefile -C . all; mkdir d; mv Makefile vars.mk d; make -C d; make -sC d

### errors
make; echo $?; printf 'all:\n\t@false\n' > Makefile; make; echo $?; printf 'all: nosuch\n\techo\n' > Makefile; make; echo $?; printf 'all:\n    echo spaces\n' > Makefile; make; echo $?; printf 'a:\n\t-false\n\t@exit 3\nb:\n\t@echo b\nall: a b\n' > Makefile; make -k all; echo $?; make -i a; echo $?; printf 'a: b\nb: a\n\t@echo loop\n' > Makefile; make; make nothing; echo $?; printf '$(error stop here)\n' > Makefile; make; echo $?; printf '$(warning careful)\nall: ; @:\n' > Makefile; make; make -f nosuch; echo $?; make --nosuch 2>&1 | head -n 1

### parallel jobs
cat > Makefile <<'END'
N = 1 2 3 4 5 6 7 8
all: $(N:%=o%)
	@cat $^ | sort -n | paste -sd' '
o%: ; @sleep 0.0$*; echo $* > $@
sub: ; @$(MAKE) --no-print-directory all
END
make -j4; rm o*; make -j sub; rm o*; make -j2 sub; rm o*; make -j8 -O all; make -j3 --output-sync=target clean; echo $?

### the shell that runs recipes
cat > Makefile <<'END'
all:
	@echo $$0 $(SHELL)
	@cd /; pwd
	@pwd
	@for i in 1 2; do \
	  echo $$i; \
	done
	@echo a && echo b || echo c
	@[ -n "$$VAR" ] && echo "$$VAR"; true
one: SHELL = /bin/bash
one: .SHELLFLAGS = -ec
one: ; @x=(1 2 3); echo $${#x[@]} $$BASH_VERSINFO
.ONESHELL:
two:
	@a=5
	b=6
	echo $$((a+b))
END
VAR=value make -s all; make one; make two; make VAR=cmd -s all | tail -n 1

### a small project without a compiler
mkdir -p src build; for f in a b c; do printf '# %s\nname=%s\n' $f $f > src/$f.conf; done; cat > Makefile <<'END'
SRC := $(wildcard src/*.conf)
OUT := $(patsubst src/%.conf,build/%.json,$(SRC))
VERSION != echo 1.2.3

.PHONY: all test clean dist
all: $(OUT)

build/%.json: src/%.conf | build
	@echo "  GEN   $@"
	@grep -v '^#' $< | sed 's/\(.*\)=\(.*\)/{"\1": "\2"}/' > $@

test: all
	@for f in $(OUT); do grep -q '"name"' $$f || exit 1; done; echo "ok: $(words $(OUT)) files"

dist: test
	@tar -czf conf-$(VERSION).tar.gz $(OUT); tar -tzf conf-$(VERSION).tar.gz

help: ## this text
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

clean: ; rm -rf build *.tar.gz
END
touch -d '2020-01-02' src/*; make test; touch -d '2020-01-01' build/b.json; make; make dist; make help; make clean; ls

### deleted on error, phony, double colon, static patterns
cat > Makefile <<'END'
.DELETE_ON_ERROR:
bad: ; echo partial > $@; false
x:: ; @echo first
x:: ; @echo second
f = one.t two.t
$(f): %.t: ; @echo static $* 
t: $(f)
.DEFAULT: ; @echo default $@
.DEFAULT_GOAL := t
l: a.i
.INTERMEDIATE: a.i
a.i: ; @echo x > $@
	@echo did $@
keep: export V = target
keep: ; @echo $$V
END
make; make bad; echo $?; ls; make x; make unknown; make l; ls; make keep; make --version | head -n 1; make -W one.t t; make -v | grep -c Free

### what an agent asks of a Makefile
printf 'build: ; @echo building\ntest: build ; @echo testing; exit 2\n%%: ; @echo none\n' > Makefile; make build test; echo $?; make test 2>/dev/null | tail -n 1; make -n test; make -pn 2>/dev/null | grep -E '^(build|test):' ; make -qp 2>/dev/null | awk -F: '/^[a-z]+:/ {print $1}' | sort -u; command -v gmake; gmake -s build; MAKEFLAGS=-s make -w build; echo 'build: ; echo stdin' | make -f - ; make --warn-undefined-variables -f <(echo 'all: ; @echo $(UNDEF)x')
