namespace FuturesBot.Domain.Analysis;

/// <summary>What a zone has been to the price.</summary>
public enum ZoneRole
{
    Support,
    Resistance,
}
