using System.Diagnostics.CodeAnalysis;

namespace FuturesBot.Adapters.AzureStorage.Tables;

/// <summary>
/// An entity: two keys and named values of the types that tables know: string, int, long, double, bool and byte[].
/// A value is at most 64 KiB (32 Ki characters), the whole at most 1 MiB; keys hold no <c>/ \ # ?</c> and no control characters.
/// </summary>
public sealed class TableRow(string partition, string key)
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>Bytes that one value holds at most.</summary>
    public const int ValueMaxBytes = 64 * 1024;

    public string Partition => partition;

    public string Key => key;

    /// <summary>Version of the entity as it was read or written last; null for one that has not been.</summary>
    public string? ETag { get; set; }

    /// <summary>Names and values, in no order.</summary>
    public IReadOnlyDictionary<string, object> Values => _values;

    public TableRow With(string name, string value) => Set(name, value);

    public TableRow With(string name, int value) => Set(name, value);

    public TableRow With(string name, long value) => Set(name, value);

    public TableRow With(string name, double value) => Set(name, value);

    public TableRow With(string name, bool value) => Set(name, value);

    public TableRow With(string name, byte[] value) => Set(name, value);

    public bool Has(string name) => _values.ContainsKey(name);

    public string Text(string name) => Value<string>(name);

    public bool Flag(string name) => Value<bool>(name);

    public byte[] Bytes(string name) => Value<byte[]>(name);

    public double Number(string name) => Value<double>(name);

    /// <summary>An int is a long too: which of them a value was written as is no matter of its reader.</summary>
    public long Long(string name) => _values.GetValueOrDefault(name) is int small ? small : Value<long>(name);

    public int Int(string name) => Value<int>(name);

    internal TableRow Set(string name, object value)
    {
        _values[name] = value;
        return this;
    }

    private T Value<T>(string name) => _values.TryGetValue(name, out var value)
        ? value is T right ? right : Wrong<T>(name, $"was {value.GetType().Name}")
        : Wrong<T>(name, "is not there");

    [DoesNotReturn]
    private T Wrong<T>(string name, string how) =>
        throw new InvalidDataException($"Value '{name}' of row {partition}/{key} {how}; {typeof(T).Name} was expected");
}
