namespace FuturesBot.Engine.Ports;

/// <summary>The exchange was asked and gave no usable answer. The text never holds a secret.</summary>
public sealed class ExchangeException(ExchangeFault fault, string message, int? code = null) : Exception(message)
{
    public ExchangeFault Fault { get; } = fault;

    /// <summary>The exchange's own error code, such as −1121; null when it gave none.</summary>
    public int? Code { get; } = code;
}
