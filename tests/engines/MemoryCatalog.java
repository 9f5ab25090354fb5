package tablecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsRowLevelOperations;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.RowLevelOperation;
import org.apache.spark.sql.connector.write.RowLevelOperationBuilder;
import org.apache.spark.sql.connector.write.RowLevelOperationInfo;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A catalog of Spark that keeps its tables in memory and takes what Delta Lake takes: new columns, and rows that MERGE
 * replaces. With it the statements of Databricks run as they are through Spark's parser, analyser and executor.
 */
public class MemoryCatalog implements TableCatalog, SupportsNamespaces {
  /** The rows of every table: tasks of a query find them by name. */
  private static final Map<String, List<InternalRow>> ROWS = new HashMap<>();

  private final Map<String, Map<String, String>> namespaces = new TreeMap<>();
  private final Map<String, MemoryTable> tables = new TreeMap<>();
  private String name;

  @Override
  public void initialize(String name, CaseInsensitiveStringMap options) {
    this.name = name;
    namespaces.put("default", Map.of());
  }

  @Override
  public String name() {
    return name;
  }

  private String key(Identifier table) {
    return name + "." + key(table.namespace()) + "." + table.name().toLowerCase(Locale.ROOT);
  }

  private static String key(String[] namespace) {
    return String.join(".", namespace).toLowerCase(Locale.ROOT);
  }

  private static synchronized List<InternalRow> rows(String table) {
    return new ArrayList<>(ROWS.getOrDefault(table, List.of()));
  }

  private static synchronized void write(String table, boolean replace, List<InternalRow> written) {
    List<InternalRow> rows = replace ? new ArrayList<>() : rows(table);
    rows.addAll(written);
    ROWS.put(table, rows);
  }

  @Override
  public String[] defaultNamespace() {
    return new String[] {"default"};
  }

  @Override
  public String[][] listNamespaces() {
    return namespaces.keySet().stream().map(key -> new String[] {key}).toArray(String[][]::new);
  }

  @Override
  public String[][] listNamespaces(String[] inside) {
    return inside.length == 0 ? listNamespaces() : new String[0][];
  }

  @Override
  public boolean namespaceExists(String[] namespace) {
    return namespaces.containsKey(key(namespace));
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(String[] namespace) throws NoSuchNamespaceException {
    if (!namespaceExists(namespace)) throw new NoSuchNamespaceException(namespace);
    return namespaces.get(key(namespace));
  }

  @Override
  public void createNamespace(String[] namespace, Map<String, String> properties)
      throws NamespaceAlreadyExistsException {
    if (namespaceExists(namespace)) throw new NamespaceAlreadyExistsException(namespace);
    namespaces.put(key(namespace), properties);
  }

  @Override
  public void alterNamespace(String[] namespace, NamespaceChange... changes) {
    throw new UnsupportedOperationException("schemas do not change");
  }

  @Override
  public boolean dropNamespace(String[] namespace, boolean cascade) {
    String inside = name + "." + key(namespace) + ".";
    tables.keySet().removeIf(table -> table.startsWith(inside));
    synchronized (MemoryCatalog.class) {
      ROWS.keySet().removeIf(table -> table.startsWith(inside));
    }
    return namespaces.remove(key(namespace)) != null;
  }

  @Override
  public Identifier[] listTables(String[] namespace) {
    String inside = name + "." + key(namespace) + ".";
    return tables.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(inside))
        .map(entry -> entry.getValue().identifier)
        .toArray(Identifier[]::new);
  }

  @Override
  public Table loadTable(Identifier table) throws NoSuchTableException {
    MemoryTable known = tables.get(key(table));
    if (known == null) throw new NoSuchTableException(table);
    return known;
  }

  @Override
  public Table createTable(Identifier table, Column[] columns, Transform[] partitions, Map<String, String> properties)
      throws TableAlreadyExistsException, NoSuchNamespaceException {
    if (!namespaceExists(table.namespace())) throw new NoSuchNamespaceException(table.namespace());
    if (tables.containsKey(key(table))) throw new TableAlreadyExistsException(table);
    return put(table, CatalogV2Util.v2ColumnsToStructType(columns));
  }

  private MemoryTable put(Identifier table, StructType schema) {
    MemoryTable made = new MemoryTable(table, key(table), schema);
    tables.put(key(table), made);
    return made;
  }

  @Override
  public Table alterTable(Identifier table, TableChange... changes) throws NoSuchTableException {
    var list = scala.jdk.javaapi.CollectionConverters.asScala(Arrays.asList(changes)).toSeq();
    StructType before = ((MemoryTable) loadTable(table)).schema;
    return put(table, CatalogV2Util.applySchemaChanges(before, list, scala.Option.apply("delta"), "ALTER TABLE"));
  }

  @Override
  public boolean dropTable(Identifier table) {
    write(key(table), true, List.of());
    return tables.remove(key(table)) != null;
  }

  @Override
  public void renameTable(Identifier from, Identifier to) {
    throw new UnsupportedOperationException("tables keep their names");
  }

  private record MemoryTable(Identifier identifier, String key, StructType schema)
      implements Table, SupportsRead, SupportsWrite, SupportsRowLevelOperations {
    @Override
    public String name() {
      return key;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return EnumSet.of(TableCapability.BATCH_READ, TableCapability.BATCH_WRITE, TableCapability.TRUNCATE);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return new MemoryScan(key, schema);
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
      return new MemoryWrite(key, false);
    }

    @Override
    public RowLevelOperationBuilder newRowLevelOperationBuilder(RowLevelOperationInfo info) {
      return () -> new RowLevelOperation() {
        @Override
        public Command command() {
          return info.command();
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
          return new MemoryScan(key, schema);
        }

        @Override
        public WriteBuilder newWriteBuilder(LogicalWriteInfo written) {
          return new MemoryWrite(key, true);
        }

        @Override
        public NamedReference[] requiredMetadataAttributes() {
          return new NamedReference[0];
        }
      };
    }
  }

  private record MemoryScan(String table, StructType readSchema) implements ScanBuilder, Scan, Batch {
    @Override
    public Scan build() {
      return this;
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return new InputPartition[] {new Everything()};
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new Readers(table, readSchema.length());
    }
  }

  private record Everything() implements InputPartition {}

  private record Readers(String table, int width) implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      Iterator<InternalRow> rows = rows(table).iterator();
      return new PartitionReader<>() {
        private InternalRow row;

        @Override
        public boolean next() {
          row = rows.hasNext() ? rows.next() : null;
          return row != null;
        }

        /** Rows that were there before a column came are shorter than the table is wide. */
        @Override
        public InternalRow get() {
          int missing = width - row.numFields();
          return missing == 0 ? row : new JoinedRow(row, new GenericInternalRow(missing));
        }

        @Override
        public void close() {}
      };
    }
  }

  private static final class MemoryWrite implements WriteBuilder, SupportsTruncate, Write, BatchWrite {
    private final String table;
    private boolean replace;

    MemoryWrite(String table, boolean replace) {
      this.table = table;
      this.replace = replace;
    }

    @Override
    public WriteBuilder truncate() {
      replace = true;
      return this;
    }

    @Override
    public Write build() {
      return this;
    }

    @Override
    public BatchWrite toBatch() {
      return this;
    }

    @Override
    public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
      return new Writers();
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {
      List<InternalRow> written = new ArrayList<>();
      for (WriterCommitMessage message : messages) {
        if (message instanceof Written part) written.addAll(part.rows);
      }
      write(table, replace, written);
    }

    @Override
    public void abort(WriterCommitMessage[] messages) {}
  }

  private record Written(List<InternalRow> rows) implements WriterCommitMessage {}

  private record Writers() implements DataWriterFactory {
    @Override
    public DataWriter<InternalRow> createWriter(int partition, long task) {
      List<InternalRow> rows = new ArrayList<>();
      return new DataWriter<>() {
        @Override
        public void write(InternalRow row) {
          rows.add(row.copy());
        }

        @Override
        public WriterCommitMessage commit() {
          return new Written(rows);
        }

        @Override
        public void abort() {}

        @Override
        public void close() {}
      };
    }
  }
}
