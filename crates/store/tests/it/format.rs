//! The stored format, word for word: what lies in databases already must stay readable.
