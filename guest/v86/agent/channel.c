/* Frames: u32 length of what follows, u8 type, u32 id, payload; little endian, as the machine is. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"

#define HEADER 9
#define LONGEST (CHUNK + 64)

static int channel;
static watch incoming;
static uint8_t input[4 + LONGEST];
static size_t input_size;
static uint8_t output[2 * (4 + LONGEST)];
static size_t output_size;

static void take(struct frame *frame, void *into, size_t size)
{
	if ((size_t)(frame->end - frame->at) < size) {
		frame->bad = true;
		memset(into, 0, size);
		return;
	}
	memcpy(into, frame->at, size);
	frame->at += size;
}

uint32_t take_u32(struct frame *frame)
{
	uint32_t value;

	take(frame, &value, sizeof value);
	return value;
}

uint64_t take_u64(struct frame *frame)
{
	uint64_t value;

	take(frame, &value, sizeof value);
	return value;
}

const char *take_string(struct frame *frame)
{
	const uint8_t *start = frame->at;
	const uint8_t *nul = memchr(start, 0, frame->end - start);

	if (!nul) {
		frame->bad = true;
		return "";
	}
	frame->at = nul + 1;
	return (const char *)start;
}

void open_channel(int fd)
{
	channel = fd;
}

void watch_channel(void)
{
	incoming = watch_input(channel);
}

static void handle_frames(void (*handle)(struct frame *frame))
{
	size_t at = 0;

	while (input_size - at >= HEADER) {
		struct frame frame = { .type = input[at + 4], .at = input + at + HEADER };
		uint32_t length;

		memcpy(&length, input + at, sizeof length);
		memcpy(&frame.id, input + at + 5, sizeof frame.id);
		if (length < HEADER - 4 || length > LONGEST) {
			at = input_size;
			break;
		}
		if (input_size - at < 4 + length) break;
		frame.end = input + at + 4 + length;
		handle(&frame);
		at += 4 + length;
	}
	memmove(input, input + at, input_size - at);
	input_size -= at;
}

bool attend_channel(void (*handle)(struct frame *frame))
{
	ssize_t count;
	uint32_t taken;

	if (!is_ready(incoming)) return true;
	count = read(channel, input + input_size, sizeof input - input_size);
	if (count < 0) return errno == EINTR || errno == EAGAIN;
	if (count == 0) return false;
	taken = count;
	send_frame('a', 0, &taken, sizeof taken);
	input_size += count;
	handle_frames(handle);
	return true;
}

void send_frame(uint8_t type, uint32_t id, const void *payload, size_t size)
{
	uint32_t length = size + HEADER - 4;

	if (output_size + HEADER + size > sizeof output) flush_channel();
	memcpy(output + output_size, &length, sizeof length);
	output[output_size + 4] = type;
	memcpy(output + output_size + 5, &id, sizeof id);
	if (size > 0) memcpy(output + output_size + HEADER, payload, size);
	output_size += HEADER + size;
}

void send_result(uint32_t id, int error)
{
	int32_t value = error;

	send_frame('f', id, &value, sizeof value);
}

void flush_channel(void)
{
	size_t done = 0;

	while (done < output_size) {
		ssize_t count = write(channel, output + done, output_size - done);

		if (count < 0 && errno != EINTR && errno != EAGAIN) break;
		if (count > 0) done += count;
	}
	output_size = 0;
}
