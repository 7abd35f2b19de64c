using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.CloudCosts;

/// <summary>What is to be costed.</summary>
public sealed record CostAsk
{
    /// <summary>Symbols that are followed, 1 to 800.</summary>
    public required int Symbols { get; init; }

    /// <summary>Frames that close: of 15m, 1h, 4h, 1d.</summary>
    public IReadOnlyList<TimeFrame> Frames { get; init; } = [TimeFrame.M15, TimeFrame.H1, TimeFrame.H4, TimeFrame.D1];

    /// <summary>MB of a functions instance: 512, 2048 or 4096, which are 0.25, 1 and 2 cores.</summary>
    public int MemoryMb { get; init; } = 512;

    /// <summary>Always-ready instances of the function that takes batches in.</summary>
    public int AlwaysReadyEvents { get; init; }

    /// <summary>Always-ready instances of the orchestrations.</summary>
    public int AlwaysReadyDurable { get; init; }

    /// <summary>Cores of the sidecar; its memory is twice as many GiB.</summary>
    public double SidecarCores { get; init; } = 0.25;

    /// <summary>A network of its own with one outgoing address, for keys that are bound to one.</summary>
    public bool HasStaticAddress { get; init; }

    /// <summary>A private registry for the sidecar's image; without, a public one.</summary>
    public bool HasRegistry { get; init; }

    /// <summary>Log alerts of <c>infra-bicep</c>.</summary>
    public int AlertRules { get; init; } = 6;

    /// <summary>Durable Task Scheduler; false: orchestrations are kept in the storage account.</summary>
    public bool UsesScheduler { get; init; }

    /// <summary>
    /// The upper end: every arrival starts an instance by itself. False: what is to be expected, where one that comes while an instance is
    /// there only prolongs its stay.
    /// </summary>
    public bool CountsStartsApart { get; init; }

    /// <summary>Days of candles that are kept.</summary>
    public int CandleDays { get; init; } = 270;
}
