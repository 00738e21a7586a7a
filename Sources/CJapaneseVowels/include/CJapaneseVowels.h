// The bytes of the embedded default data set.
