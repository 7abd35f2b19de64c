namespace FuturesBot.Adapters.Telemetry;

/// <summary>Where telemetry goes, worked out of settings and environment.</summary>
/// <param name="Otlp">Base address of an OTLP receiver; null: none.</param>
/// <param name="IsGrpc">It is spoken to by gRPC; else by protobuf over HTTP.</param>
/// <param name="ApplicationInsights">Connection string of the component; null: none. It lets nobody read, and is not repeated anywhere.</param>
public sealed record TelemetryTargets(Uri? Otlp, bool IsGrpc, string? ApplicationInsights)
{
    public const string OtlpVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";
    public const string ConnectionVariable = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public bool Any => Otlp is not null || ApplicationInsights is not null;

    /// <exception cref="InvalidDataException">An address or the connection string is none, or the protocol is unknown.</exception>
    public static TelemetryTargets Of(TelemetryOptions options, IReadOnlyDictionary<string, string> environment)
    {
        var (address, from) = options.Otlp.Length > 0 ? (options.Otlp, "telemetry.otlp") : (Value(environment, OtlpVariable), OtlpVariable);
        Uri? otlp = null;
        if (address.Length > 0 && !(Uri.TryCreate(address, UriKind.Absolute, out otlp) && otlp.Scheme is "http" or "https"))
            throw new InvalidDataException($"{from} was '{address}'; it has to be an address such as http://localhost:4318");
        var protocol = Value(environment, ProtocolVariable);
        if (protocol is not ("" or "grpc" or "http/protobuf"))
            throw new InvalidDataException($"{ProtocolVariable} was '{protocol}'; allowed are grpc and http/protobuf");
        var connection = Value(environment, ConnectionVariable);
        if (connection.Length > 0 && !HasKey(connection))
            throw new InvalidDataException($"{ConnectionVariable} is not one: the connection string of a component, which has InstrumentationKey= and a GUID, is allowed");
        return new(otlp, protocol == "grpc", connection.Length > 0 ? connection : null);
    }

    // The exporter would find it too, and end the process with a stack and a piece of the text.
    private static bool HasKey(string connection)
    {
        var parts = connection.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).ToArray();
        return parts.All(part => part.Length == 2)
            && parts.Any(part => part[0].Equals("InstrumentationKey", StringComparison.OrdinalIgnoreCase) && Guid.TryParse(part[1], out _));
    }

    private static string Value(IReadOnlyDictionary<string, string> environment, string name) => environment.GetValueOrDefault(name, "").Trim();
}
