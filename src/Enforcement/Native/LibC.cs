using System.Runtime.InteropServices;

namespace MediaSecurityLite.Enforcement.Native;

/// <summary>The calls of the C library that sockets without a class in .NET need. Numbers are those of Linux, the same on x86-64 and arm64.</summary>
internal static partial class LibC
{
    public const int AfInet = 2;
    public const int AfInet6 = 10;
    public const int AfNetlink = 16;
    public const int SockRaw = 3;
    public const int SockCloseOnExec = 0x80000;
    public const int NetlinkNetfilter = 12;
    public const int IpProtoRaw = 255;

    public const int SolSocket = 1;
    public const int SoReceiveTimeout = 20;
    public const int SoMark = 36;
    public const int SoReceiveBufferForce = 33;

    /// <summary>Return as soon as one message is there, with as many as wait.</summary>
    public const int MsgWaitForOne = 0x10000;
    public const int MsgDontWait = 0x40;

    public const int ErrorInterrupted = 4;
    public const int ErrorAgain = 11;
    public const int ErrorNoBuffers = 105;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static unsafe partial int Bind(int socket, void* address, int length);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static unsafe partial int SetOption(int socket, int level, int option, void* value, int length);

    [LibraryImport(Library, EntryPoint = "recvmmsg", SetLastError = true)]
    public static unsafe partial int ReceiveMany(int socket, MessageHeader* messages, uint count, int flags, void* timeout);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static unsafe partial nint Send(int socket, byte* bytes, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "sendto", SetLastError = true)]
    public static unsafe partial nint SendTo(int socket, byte* bytes, nint length, int flags, void* address, int addressLength);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int socket);

    public static int LastError => Marshal.GetLastPInvokeError();

    public static string LastErrorText => Marshal.GetLastPInvokeErrorMessage();
}

/// <summary><c>struct mmsghdr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public nint Flags; // an int, and the padding behind struct msghdr

    /// <summary>Bytes received.</summary>
    public uint Length;
}

/// <summary><c>struct iovec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Length;
}

/// <summary><c>struct timeval</c> of 64-bit machines.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeValue
{
    public long Seconds;
    public long Microseconds;
}
