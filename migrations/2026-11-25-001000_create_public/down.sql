DROP TABLE public_search;
DROP TABLE public_attachments;
DROP TABLE public_links;
DROP TABLE public_facets;
DROP TABLE public_records;
