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

    /// <exception cref="InvalidDataException">An address is none, or the protocol is unknown.</exception>
    public static TelemetryTargets Of(TelemetryOptions options, IReadOnlyDictionary<string, string> environment)
    {
        var (address, from) = options.Otlp.Length > 0 ? (options.Otlp, "telemetry.otlp") : (Value(environment, OtlpVariable), OtlpVariable);
        Uri? otlp = null;
        if (address.Length > 0 && !(Uri.TryCreate(address, UriKind.Absolute, out otlp) && otlp.Scheme is "http" or "https"))
            throw new InvalidDataException($"{from} was '{address}'; it has to be an address such as http://localhost:4318");
        var protocol = Value(environment, ProtocolVariable);
        if (protocol is not ("" or "grpc" or "http/protobuf"))
            throw new InvalidDataException($"{ProtocolVariable} was '{protocol}'; allowed are grpc and http/protobuf");
        return new(otlp, protocol == "grpc", Value(environment, ConnectionVariable) is { Length: > 0 } connection ? connection : null);
    }

    private static string Value(IReadOnlyDictionary<string, string> environment, string name) => environment.GetValueOrDefault(name, "").Trim();
}
