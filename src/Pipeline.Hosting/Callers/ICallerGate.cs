using Microsoft.AspNetCore.Http;
using Pipeline.Hosting.Functions;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.Callers;

/// <summary>Decides who may fire events and call closed functions. Where none is registered, everybody who reaches the port may.</summary>
public interface ICallerGate
{
    /// <summary>Lets the caller of a request in. Reads nothing but its headers.</summary>
    /// <exception cref="InvalidRequestException">401: the caller has not shown who it is; 403: it may not call.</exception>
    /// <exception cref="RetryLaterException">That cannot be decided now.</exception>
    ValueTask CheckAsync(HttpContext context);
}
