\if true
\endif
