using FuturesBot.Adapters.Tests.AzureStorage;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>Tests that share one Azurite.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteServer>
{
    public const string Name = "Azurite";
}
