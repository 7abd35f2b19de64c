using Xunit;

namespace FuturesBot.Functions.Tests.Worker;

/// <summary>Tests that share one worker, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class WorkerCollection : ICollectionFixture<WorkerWorld>
{
    public const string Name = "Worker";
}
