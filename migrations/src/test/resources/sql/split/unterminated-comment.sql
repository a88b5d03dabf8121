SELECT 1; /* one
/* two */ SELECT 2;
