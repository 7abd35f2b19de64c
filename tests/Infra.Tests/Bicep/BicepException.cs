namespace FuturesBot.Infra.Tests.Bicep;

/// <summary>The file is not Bicep as far as this parser knows it.</summary>
public sealed class BicepException(int line, string message) : Exception($"line {line}: {message}");
