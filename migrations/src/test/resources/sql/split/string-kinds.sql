SELECT B'01;', b'1', X'1F;', x'a', N'n;', n'a';
SELECT U&'d\0061t\+000061;', u&'!0061;' UESCAPE '!', U & 'a;';
SELECT U&"d\0061;t", u&"!0061""x;" UESCAPE '!';
SELECT N'\', B'\', U&'\';
