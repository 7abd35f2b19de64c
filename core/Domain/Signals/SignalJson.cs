using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FuturesBot.Domain.Signals;

/// <summary>
/// States, events and inputs as JSON. Each names its kind in <c>$type</c>; a kind that this version does not
/// know is reported as unknown, never read as another.
/// </summary>
public static class SignalJson
{
    private const string Discriminator = "$type";

    /// <summary>For hosts that put signals inside objects of their own.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    public static string Write(SignalState state) => JsonSerializer.Serialize(state, Options);

    public static string Write(SignalEvent e) => JsonSerializer.Serialize(e, Options);

    public static string Write(SignalInput input) => JsonSerializer.Serialize(input, Options);

    /// <exception cref="JsonException">No state, or of a kind this version does not know.</exception>
    public static SignalState ReadState(string json) => Read<SignalState>(json);

    /// <exception cref="JsonException">No event, or of a kind this version does not know.</exception>
    public static SignalEvent ReadEvent(string json) => Read<SignalEvent>(json);

    /// <exception cref="JsonException">No input, or of a kind this version does not know.</exception>
    public static SignalInput ReadInput(string json) => Read<SignalInput>(json);

    /// <summary>False when the JSON is of a kind that this version does not know: ignore it.</summary>
    /// <exception cref="JsonException">The kind is known and its content is broken.</exception>
    public static bool TryReadState(JsonElement json, [NotNullWhen(true)] out SignalState? state) =>
        TryRead(json, out state);

    /// <inheritdoc cref="TryReadState"/>
    public static bool TryReadEvent(JsonElement json, [NotNullWhen(true)] out SignalEvent? e) =>
        TryRead(json, out e);

    /// <inheritdoc cref="TryReadState"/>
    public static bool TryReadEvent(string json, [NotNullWhen(true)] out SignalEvent? e)
    {
        using var document = JsonDocument.Parse(json);
        return TryRead(document.RootElement, out e);
    }

    /// <inheritdoc cref="TryReadState"/>
    public static bool TryReadInput(JsonElement json, [NotNullWhen(true)] out SignalInput? input) =>
        TryRead(json, out input);

    /// <inheritdoc cref="TryReadState"/>
    public static bool TryReadInput(string json, [NotNullWhen(true)] out SignalInput? input)
    {
        using var document = JsonDocument.Parse(json);
        return TryRead(document.RootElement, out input);
    }

    private static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A {typeof(T).Name} was null");

    private static bool TryRead<T>(JsonElement json, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty(Discriminator, out var kind)
            || kind.ValueKind != JsonValueKind.String
            || !Knows<T>(kind.GetString())) return false;
        value = json.Deserialize<T>(Options);
        return value is not null;
    }

    private static bool Knows<T>(string? kind) =>
        typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>().Any(a => Equals(a.TypeDiscriminator, kind));

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            AllowOutOfOrderMetadataProperties = true,   // a store may reorder the properties of an object
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Converters = { new JsonStringEnumConverter(), new SymbolJson() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
