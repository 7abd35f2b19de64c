namespace FuturesBot.Simulator.Faults;

/// <summary>What can go wrong. A script names a kind with a small first letter, such as <c>"timeoutAfter"</c>.</summary>
public enum FaultKind
{
    // Of calls

    /// <summary>The call waits for <c>ms</c>, then is carried out.</summary>
    Latency,

    /// <summary>No answer for <c>ms</c>, then the connection is cut. The call is not carried out.</summary>
    TimeoutBefore,

    /// <summary>The call is carried out; no answer for <c>ms</c>, then the connection is cut.</summary>
    TimeoutAfter,

    /// <summary>503 "Unknown error" (−1001); <c>executed</c> says whether it was carried out, absent: every other time.</summary>
    UnknownError,

    /// <summary>503 −1006; <c>executed</c> as above.</summary>
    UnexpectedResponse,

    /// <summary>408 −1007; <c>executed</c> as above.</summary>
    BackendTimeout,

    /// <summary>502 with a page of HTML, as a proxy sends it; <c>executed</c> as above.</summary>
    Gateway,

    /// <summary>503 "Service Unavailable." (−1001): not carried out.</summary>
    ServiceUnavailable,

    /// <summary>503 "Internal error" (−1001): not carried out.</summary>
    InternalError,

    /// <summary>503 −1008: not carried out. Reduce-only and closing orders on /fapi/v1/order and batchOrders are exempt.</summary>
    Overloaded,

    /// <summary>429 with a <c>Retry-After</c> of <c>ms</c>.</summary>
    TooManyRequests,

    /// <summary>418: the address is banned for <c>ms</c>.</summary>
    Ban,

    /// <summary>403 with a page of HTML, as the firewall sends it.</summary>
    Forbidden,

    /// <summary>451: the region is not served.</summary>
    BlockedRegion,

    /// <summary>The answer is no JSON, is cut short, or holds impossible numbers. The call is carried out.</summary>
    RubbishAnswer,

    /// <summary>A depth snapshot as it was <c>ms</c> of market time ago.</summary>
    StaleSnapshot,

    /// <summary>Just-placed orders are not found for <c>ms</c> of wall time.</summary>
    Settling,

    /// <summary>
    /// Conditional orders whose price was reached stay TRIGGERING for <c>ms</c> of market time; cancels are −4117
    /// meanwhile.
    /// </summary>
    SlowTrigger,

    // Of the exchange as a whole

    /// <summary>The exchange's clock is <c>ms</c> off (below 0: behind), in server time and in the check of timestamps.</summary>
    ClockSkew,

    /// <summary>All calls are refused, streams are cut and cannot be opened.</summary>
    Maintenance,

    /// <summary>Listen keys expire; asked once a wall second.</summary>
    ExpireListenKeys,

    /// <summary>Answers and events carry fields that nobody knows.</summary>
    UnknownFields,

    /// <summary>exchangeInfo has states, contracts, filters and limits that nobody knows; streams send events of an unknown kind.</summary>
    UnknownEnums,

    // Of stream events

    /// <summary>The event is not sent.</summary>
    Lose,

    /// <summary>The event is sent twice.</summary>
    Double,

    /// <summary>The event changes places with the next one of the connection.</summary>
    Reorder,

    /// <summary>The event is sent <c>ms</c> later; others overtake it.</summary>
    Delay,

    /// <summary>A message that is no JSON, is cut short, or holds impossible numbers is sent instead.</summary>
    RubbishEvent,

    // Of stream connections, asked once a wall second for each

    /// <summary>The connection stays open, answers pings and requests, and sends no event for <c>ms</c>.</summary>
    Silence,

    /// <summary>The connection is cut without a closing handshake.</summary>
    Disconnect,
}
