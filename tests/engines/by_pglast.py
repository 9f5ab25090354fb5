"""pglast: PostgreSQL's own grammar, of a release apart from the engine's."""

import pglast

from protocol import Reader, main


class PgLast(Reader):
    name = "pglast"
    warehouse = "postgres"

    def version(self):
        return pglast.__version__

    def read(self, sql):
        pglast.parse_sql(sql)


if __name__ == "__main__":
    main(PgLast)
