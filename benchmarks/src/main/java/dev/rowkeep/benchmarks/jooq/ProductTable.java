package dev.rowkeep.benchmarks.jooq;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jooq.Name;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

/** The products' table, as jOOQ's code generator would write it. */
final class ProductTable extends TableImpl<ProductRecord> {
    static final ProductTable PRODUCT = new ProductTable(DSL.name("product"));

    final TableField<ProductRecord, String> sku =
            createField(DSL.name("sku"), SQLDataType.VARCHAR.nullable(false), this);
    final TableField<ProductRecord, String> name =
            createField(DSL.name("name"), SQLDataType.VARCHAR(200).nullable(false), this);
    final TableField<ProductRecord, String> category =
            createField(DSL.name("category"), SQLDataType.VARCHAR(50).nullable(false), this);
    final TableField<ProductRecord, BigDecimal> price =
            createField(DSL.name("price"), SQLDataType.DECIMAL(12, 2).nullable(false), this);
    final TableField<ProductRecord, Long> quantity =
            createField(DSL.name("quantity"), SQLDataType.BIGINT.nullable(false), this);
    final TableField<ProductRecord, Boolean> active =
            createField(DSL.name("active"), SQLDataType.BOOLEAN.nullable(false), this);
    final TableField<ProductRecord, LocalDate> introduced =
            createField(DSL.name("introduced"), SQLDataType.LOCALDATE.nullable(false), this);
    final TableField<ProductRecord, Instant> counted =
            createField(DSL.name("counted"), SQLDataType.INSTANT.nullable(false), this);
    final TableField<ProductRecord, Double> weight =
            createField(DSL.name("weight"), SQLDataType.DOUBLE.nullable(false), this);
    final TableField<ProductRecord, Long> version =
            createField(DSL.name("version"), SQLDataType.BIGINT.nullable(false), this);

    private ProductTable(Name name) {
        super(name);
    }

    @Override
    public Class<ProductRecord> getRecordType() {
        return ProductRecord.class;
    }

    @Override
    public UniqueKey<ProductRecord> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("product_key"), sku);
    }

    @Override
    public TableField<ProductRecord, Long> getRecordVersion() {
        return version;
    }
}
