DROP TABLE desk_search;
DROP TABLE desk_facets;
DROP TABLE desk_records;
