-- nothing here; really
/* nor here; */

